"""What every writer of tables has in common: rows under columns, taken from a list page by page, put in place whole."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import BinaryIO

from models.errors import RuleBroken
from models.language import _
from models.listing import Cell, Column, Listing

ROWS_PER_PAGE = 1000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Columns, and rows with a cell for each, in any number; moments are written in ``zone``."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    zone: tzinfo = UTC

    def headings(self) -> list[str]:
        """The titles in the operator's language; the importers know them in every language."""
        return [_(column.title) for column in self.columns]


def table_of(listing: Listing, *, zone: tzinfo = UTC, progress: Progress | None = None) -> ExportTable:
    """All rows of a list under its filter and sort, hidden columns too; ``progress`` is told how many were read."""
    return ExportTable(listing.columns, _pages(listing, progress), zone)


def _pages(listing: Listing, progress: Progress | None) -> Iterator[Sequence[Cell]]:
    offset = 0
    while page := listing.page(offset, ROWS_PER_PAGE):
        yield from (row.cells for row in page)
        offset += len(page)
        if progress is not None:
            progress(offset)
        if len(page) < ROWS_PER_PAGE:
            return


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary file to write to that takes the place of ``path`` at the end, or never, if anything goes wrong.

    What is there already keeps its access mode, a new file gets that of the umask. A device or pipe is
    written to directly. Raises ``RuleBroken`` when the place cannot be written to.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        with _beside(target) as file:
            yield file
    except OSError as error:
        raise RuleBroken(
            "file", _("{file} cannot be written: {reason}.").format(file=path.name, reason=error.strerror or error)
        ) from error


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            if target.exists():
                os.fchmod(descriptor, target.stat().st_mode & 0o777)
            yield file
            file.flush()
            os.fsync(descriptor)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
