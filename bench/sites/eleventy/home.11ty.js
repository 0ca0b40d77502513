import { cards, escape, page } from "./_includes/text.js";

export const data = { permalink: "/index.html" };

export function render({ collections }) {
  const categories = collections.categories.map(({ name, url }) => `<li><a href="${url}">${escape(name)}</a></li>`);
  return page(
    "Cổng thông tin thử nghiệm",
    `<h1>Cổng thông tin thử nghiệm</h1>
<ul>
${categories.join("\n")}
</ul>
${cards(collections.newest)}`,
  );
}
