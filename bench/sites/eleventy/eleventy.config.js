// The same pages as the other sites of the benchmark, and nothing that they do not have.

const SIZE = 20;
const EARLIER = 15;

export default function (config) {
  // All articles, newest first.
  const newest = (api) => api.getFilteredByGlob("content/tin/**/*.md").reverse();

  // Categories in order of name, each with its articles and its address.
  const categories = (api) => {
    const found = new Map();
    for (const article of newest(api)) {
      const name = article.data.category;
      if (!found.has(name)) found.set(name, { name, url: `/chuyen-muc/${config.getFilter("slugify")(name)}/`, articles: [] });
      found.get(name).articles.push(article);
    }
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
  };

  config.addCollection("newest", (api) => newest(api).slice(0, SIZE));
  config.addCollection("articles", newest);
  config.addCollection("categories", categories);

  // The 15 next-older articles of the same category, and that category, by the address of the article.
  config.addCollection("earlier", (api) => {
    const earlier = new Map();
    for (const category of categories(api)) {
      category.articles.forEach((article, place) => {
        earlier.set(article.url, { category, items: category.articles.slice(place + 1, place + 1 + EARLIER) });
      });
    }
    return earlier;
  });

  // Every page of every listing.
  config.addCollection("listings", (api) =>
    categories(api).flatMap((category) => {
      const count = Math.ceil(category.articles.length / SIZE);
      const url = (number) => (number === 1 ? category.url : `${category.url}trang/${number}/`);
      return Array.from({ length: count }, (_, index) => ({
        name: category.name,
        url: url(index + 1),
        articles: category.articles.slice(index * SIZE, (index + 1) * SIZE),
        newer: index > 0 ? url(index) : "",
        older: index + 1 < count ? url(index + 2) : "",
      }));
    }),
  );

  // A feed for the site and one for each category.
  config.addCollection("feeds", (api) => [
    { name: "Cổng thông tin thử nghiệm", url: "/", articles: newest(api).slice(0, SIZE) },
    ...categories(api).map((category) => ({ ...category, articles: category.articles.slice(0, SIZE) })),
  ]);

  return { dir: { input: ".", output: "public" }, markdownTemplateEngine: false, htmlTemplateEngine: false };
}
