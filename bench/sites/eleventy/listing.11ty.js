import { cards, escape, page } from "./_includes/text.js";

export const data = {
  pagination: { data: "collections.listings", size: 1, alias: "listing" },
  permalink: (data) => `${data.listing.url}index.html`,
};

export function render({ listing }) {
  return page(
    listing.name,
    `<h1>${escape(listing.name)}</h1>
${cards(listing.articles)}
<p>${listing.newer && `<a href="${listing.newer}">Mới hơn</a>`} ${listing.older && `<a href="${listing.older}">Cũ hơn</a>`}</p>`,
  );
}
