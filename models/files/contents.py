"""Contents from outside, kept once by their SHA-256 and compressed: what files and messages are made of."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from peewee import fn

from models.base import plain_rows, stored_rows
from models.errors import NotFound
from models.files.tables import StoredContent
from models.language import N_
from models.writing import insert_many

if TYPE_CHECKING:
    from zstandard import ZstdCompressor

_LEVEL = 3
_PIECE = 1 << 20
_TITLE = N_("content")
_own = threading.local()


class Content(NamedTuple):
    """Bytes ready to be kept: their hash, their size and their compressed form."""

    sha256: str
    size: int
    compressed: bytes


def content_of(data: bytes) -> Content:
    """Hash and compress bytes: to be done before the write lock is taken."""
    return Content(hashlib.sha256(data).hexdigest(), len(data), _compressor().compress(data))


def content_of_pieces(pieces: Iterable[bytes]) -> Content:
    """The same for what is too large to be held as a whole."""
    digest, size, packer, packed = hashlib.sha256(), 0, _new_compressor().compressobj(), BytesIO()
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        packed.write(packer.compress(piece))
    packed.write(packer.flush())
    return Content(digest.hexdigest(), size, packed.getvalue())


def _compressor() -> ZstdCompressor:
    """This thread's compressor: making one for each content takes four times as long as compressing a letter."""
    if not hasattr(_own, "compressor"):
        _own.compressor = _new_compressor()
    return cast("ZstdCompressor", _own.compressor)


def _new_compressor() -> ZstdCompressor:
    from zstandard import ZstdCompressor

    return ZstdCompressor(level=_LEVEL)


def keep(data: bytes) -> str:
    """Keep bytes, in the transaction that runs; returns their SHA-256. What is kept already is not kept twice."""
    content = content_of(data)
    keep_all([content])
    return content.sha256


def keep_all(contents: Collection[Content]) -> None:
    """Keep what is not kept yet, in the transaction that runs."""
    new = {content.sha256: content for content in contents}
    for (kept,) in stored_rows(StoredContent, ["sha256"], "sha256", list(new)):
        del new[kept]
    if not new:
        return
    first = (StoredContent.select(fn.MAX(StoredContent.id)).scalar() or 0) + 1
    rows = [(first + n, one.sha256, one.size, one.compressed) for n, one in enumerate(new.values())]
    insert_many("stored_content", ("id", "sha256", "size", "compressed"), rows)


def read(sha256: str) -> bytes:
    """The bytes of a SHA-256, as they came; raises ``NotFound``."""
    return b"".join(pieces(sha256))


def pieces(sha256: str) -> Iterator[bytes]:
    """The same, a megabyte at a time; raises ``NotFound`` at the first one."""
    from zstandard import ZstdDecompressor

    query = StoredContent.select(StoredContent.compressed).where(StoredContent.sha256 == sha256)
    found = plain_rows(query)
    if not found:
        raise NotFound(_TITLE, sha256)
    yield from ZstdDecompressor().read_to_iter(bytes(found[0][0]), write_size=_PIECE)
