import { isoMoment } from "./_includes/text.js";

const SITE = "https://benchmark.example";

export const data = { permalink: "/sitemap.xml" };

export function render({ collections }) {
  const pages = ["/", ...collections.categories.map(({ url }) => url)].map((url) => `<url><loc>${SITE}${url}</loc></url>`);
  const articles = collections.articles.map(
    ({ url, date }) => `<url><loc>${SITE}${url}</loc><lastmod>${isoMoment(date)}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[...pages, ...articles].join("\n")}
</urlset>
`;
}
