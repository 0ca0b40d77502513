// What the templates share.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

// Dates are those of the portal's time zone, which has no summer time.
const OFFSET = 7 * 3600 * 1000;
export const isoMoment = (date) => new Date(date.getTime() + OFFSET).toISOString().slice(0, 19) + "+07:00";
export const isoDay = (date) => isoMoment(date).slice(0, 10);
export const day = (date) => isoDay(date).split("-").reverse().join("/");

const item = (article, rest) =>
  `<li><a href="${article.url}">${escape(article.data.title)}</a> ` +
  `<time datetime="${isoDay(article.date)}">${day(article.date)}</time>${rest}</li>`;
export const lines = (articles) => `<ul>\n${articles.map((article) => item(article, "")).join("\n")}\n</ul>`;
export const cards = (articles) =>
  `<ul>\n${articles.map((article) => item(article, ` <p>${escape(article.data.summary)}</p>`)).join("\n")}\n</ul>`;

export const page = (title, body) => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
</head>
<body>
${body}
</body>
</html>
`;
