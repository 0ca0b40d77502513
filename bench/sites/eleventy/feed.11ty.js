import { escape } from "./_includes/text.js";

const SITE = "https://benchmark.example";

export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: (data) => `${data.feed.url}rss.xml`,
};

const item = (article) => `<item>
<title>${escape(article.data.title)}</title>
<link>${SITE}${article.url}</link>
<guid>${SITE}${article.url}</guid>
<pubDate>${article.date.toUTCString()}</pubDate>
<description>${escape(article.data.summary)}</description>
<content:encoded>${escape(article.content)}</content:encoded>
</item>`;

export function render({ feed }) {
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>${escape(feed.name)}</title>
<link>${SITE}${feed.url}</link>
<description>${escape(feed.name)}</description>
${feed.articles.map(item).join("\n")}
</channel>
</rss>
`;
}
