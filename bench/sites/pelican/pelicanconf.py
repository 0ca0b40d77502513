"""The same pages as the other sites of the benchmark, and nothing that they do not have."""

# A file of settings that Pelican runs, with Pelican's own Python: no package, and nothing for our type checker.
# ruff: noqa: INP001  # Pelican runs it as a file
# mypy: ignore-errors

from typing import Any

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import MarkdownReader
from pelican.utils import get_date, pelican_open

SITENAME = "Cổng thông tin thử nghiệm"
SITEURL = "https://benchmark.example"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
PATH = "content"
ARTICLE_PATHS = ["tin"]
PAGE_PATHS = STATIC_PATHS = []
THEME = "theme"
THEME_STATIC_PATHS = []
FILENAME_METADATA = "(?P<slug>.*)"

ARTICLE_URL = ARTICLE_SAVE_AS = "tin/{date:%Y}/{date:%m}/{slug}.html"
CATEGORY_URL = "chuyen-muc/{slug}/"
CATEGORY_SAVE_AS = "chuyen-muc/{slug}/index.html"
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{url}trang/{number}/", "{url}trang/{number}/index.html"),
)
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
AUTHOR_SAVE_AS = TAG_SAVE_AS = DRAFT_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_RSS = "rss.xml"
CATEGORY_FEED_RSS = "chuyen-muc/{slug}/rss.xml"
FEED_MAX_ITEMS = 20
# Pelican's RSS has either the summary or the whole text.
RSS_FEED_SUMMARY_ONLY = False

# The cache, at its fastest: texts are read again only when they have changed.
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CHECK_MODIFIED_METHOD = "mtime"
GZIP_CACHE = False


class FrontMatterReader(MarkdownReader):
    """Reads YAML between dashes, as everybody else does; Pelican's own reader takes quotes for part of the title.

    One converter serves all texts, where Pelican makes a new one for each.
    """

    converter = Markdown(extensions=["markdown.extensions.tables"])

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The HTML and the metadata of a text."""
        with pelican_open(source_path) as text:
            _, front, body = text.split("---\n", 2)
        fields = yaml.load(front, Loader=yaml.CSafeLoader)
        metadata = {name: self.process_metadata(name, fields[name]) for name in ("title", "author", "category", "tags")}
        metadata |= {"date": get_date(str(fields["date"])), "views": fields["views"], "summary": fields["summary"]}
        return self.converter.reset().convert(body), metadata


def add_reader(readers: Any) -> None:
    """Read .md files with the reader above."""
    readers.reader_classes["md"] = FrontMatterReader


def add_earlier(generator: Any) -> None:
    """Give each article the 15 next-older ones of its category."""
    for _, articles in generator.categories:
        for place, article in enumerate(articles):
            article.earlier = articles[place + 1 : place + 16]


signals.readers_init.connect(add_reader)
signals.article_generator_finalized.connect(add_earlier)
