export default {
  layout: "article.11ty.js",
  permalink: (data) => data.page.filePathStem.replace("/content", "") + ".html",
};
