"""What an import would read of a letter. Pure: other processes do it while the first one writes."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from zstandard import ZstdCompressor

from models.files.contents import Content, content_of
from models.mail.domains import folded_address
from models.mail.stemming import index_text
from models.mail.subjects import topic
from models.sample.originals import Written, original

_PREVIEW = 160
People = list[tuple[str, str, str]]
"""Role, name and folded address of each whom a letter names."""


class Read(NamedTuple):
    """A letter's original, its words, its text compressed, and how it begins."""

    content: Content
    words: str
    text: bytes
    preview: str


def read_of(letter: Written) -> Read:
    """What is read of a letter."""
    text = letter.read
    return Read(content_of(original(letter)), _words(letter), _compressor().compress(text.encode()), _preview(text))


def people_of(letter: Written) -> People:
    """Whom a letter names: sender, recipients, those who get copies."""
    listed = (("from", [letter.sender]), ("to", letter.to), ("cc", letter.cc))
    return [(role, name, folded_address(address)) for role, boxes in listed for name, address in boxes]


@cache
def _compressor() -> ZstdCompressor:
    return ZstdCompressor(level=3)


def _words(letter: Written) -> str:
    """The stems in an order of their own: a set's is another one in each process."""
    said = [letter.subject, letter.read, *(one.name for one in letter.enclosures)]
    stems = index_text([*said, *(text for one in people_of(letter) for text in one[1:])])
    return f"{' '.join(sorted(stems.split()))} {topic(letter.subject)}".strip()


def _preview(text: str) -> str:
    """The beginning of what the sender wrote himself."""
    own = [line.strip() for line in text.split("\n") if line and not line.startswith(">")]
    return " ".join(" ".join(own).split())[:_PREVIEW].strip()
