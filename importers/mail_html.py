"""HTML of a message as text, and the links in it; nothing is ever fetched."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

LONGEST_HTML = 1_000_000
_MOST_LINKS = 200
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_LINK = re.compile(
    r"<a(?:rea)?\s[^<>]{0,2000}?\bhref\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)


def text_of_html(source: str) -> tuple[str, list[str]]:
    """The text as a person reads it, and the addresses of its links, each once."""
    source = source[:LONGEST_HTML].replace("\0", "")
    if not source.strip():
        return "", []
    from inscriptis import get_text

    text = get_text(source, _settings())
    named = (html.unescape("".join(found.groups(""))).strip() for found in _LINK.finditer(source))
    links = [link for link in dict.fromkeys(named) if link and not link.startswith("#")]
    return _BLANK_LINES.sub("\n\n", text).strip("\n"), links[:_MOST_LINKS]


@cache
def _settings() -> Any:
    from inscriptis.model.config import ParserConfig

    return ParserConfig(display_links=False, display_images=False)
