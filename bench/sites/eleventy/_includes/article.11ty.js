import { day, escape, isoMoment, lines, page } from "./text.js";

export function render(data) {
  const { category, items } = data.collections.earlier.get(data.page.url);
  return page(
    data.title,
    `<article>
<h1>${escape(data.title)}</h1>
<p><time datetime="${isoMoment(data.page.date)}">${day(data.page.date)}</time> · ${escape(data.author)} · ${data.views} lượt xem · <a href="${category.url}">${escape(category.name)}</a></p>
<p>${data.tags.map(escape).join(", ")}</p>
<p>${escape(data.summary)}</p>
${data.content}
</article>
<h2>Các tin đã đăng</h2>
${lines(items)}`,
  );
}
