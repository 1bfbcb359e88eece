"""HTML of a message as text, and the links in it; nothing is ever fetched."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LONGEST_HTML = 1_000_000
_MOST_LINKS = 200
_LONGEST_LINK = 2_000
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)


def text_of_html(html: str) -> tuple[str, list[str]]:
    """The text as a person reads it, and the addresses of its links, each once."""
    html = _DECLARATION.sub("", html[:LONGEST_HTML].replace("\0", ""))
    if not html.strip():
        return "", []
    from inscriptis import Inscriptis
    from lxml.html import HTMLParser, document_fromstring

    tree = document_fromstring(html, parser=HTMLParser(huge_tree=False, no_network=True, remove_comments=True))
    links = [
        str(href).strip()[:_LONGEST_LINK]
        for href in tree.xpath("//a/@href | //area/@href")
        if str(href).strip() and not str(href).strip().startswith("#")
    ]
    text = Inscriptis(tree, _settings()).get_text()
    return _BLANK_LINES.sub("\n\n", text).strip("\n"), list(dict.fromkeys(links))[:_MOST_LINKS]


@cache
def _settings() -> Any:
    from inscriptis.model.config import ParserConfig

    return ParserConfig(display_links=False, display_images=False)
