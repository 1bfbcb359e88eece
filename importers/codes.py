"""Vendor codes from a table, or from a plain list of them, one on a line, as vendors send it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from importers.encodings import examine
from importers.fields.codes import CODE_FIELDS
from importers.headings import folded_heading, recognise
from importers.kinds import TableKind
from importers.rows import ReadRow, RowSource, Values
from importers.source import WORKBOOK_SIGNATURES
from models.licensing.code_importing import CodeIntake

_LOOKED_AT = 20
_HEADINGS = frozenset(folded_heading(name) for field in CODE_FIELDS for name in (field.title, *field.names))
_DELIMITERS = (";", "\t", ",")


class CodeLines:
    """The codes of a plain list; a row's number is its line. Empty lines say nothing."""

    def __init__(self, path: Path) -> None:
        self.mapping = recognise([field.id for field in CODE_FIELDS], CODE_FIELDS)
        self._file = path.open(encoding=examine(path).encoding, errors="replace")

    def rows(self) -> Iterator[ReadRow]:
        """Every line that is not empty."""
        for number, line in enumerate(self._file, 1):
            if code := line.strip():
                texts = _Texts(code)
                yield ReadRow(number, {"code": code}, [], texts, texts.all)

    def progress(self) -> float:
        """A list of codes is short: there is nothing to tell."""
        return 0.0

    def warnings(self) -> list[str]:
        return []

    def close(self) -> None:
        self._file.close()


class _Texts:
    """A line as text."""

    def __init__(self, code: str) -> None:
        self._code = code

    def all(self) -> tuple[str, ...]:
        return (self._code,)

    def __call__(self, field: str) -> str:
        return self._code if field == "code" else ""


def _plain_list(path: Path) -> RowSource | None:
    """The lines of a file that has neither columns nor a heading; None for a table."""
    with path.open("rb") as file:
        if file.read(4) in WORKBOOK_SIGNATURES:
            return None
    with path.open(encoding=examine(path).encoding, errors="replace") as lines:
        first = [line.strip() for line in islice(lines, _LOOKED_AT) if line.strip()]
    if not first or folded_heading(first[0]) in _HEADINGS:
        return None
    return None if any(sign in line for line in first for sign in _DELIMITERS) else CodeLines(path)


def _values(read: Values) -> Values:
    return {name: value for name, value in read.items() if value is not None}


def codes_of(product: int | None) -> TableKind:
    """Codes that are all of one product, or each of the product that its row names."""
    return TableKind(
        CODE_FIELDS,
        lambda actor, dry_run: CodeIntake(actor, dry_run, product),
        lambda _mapping: _values,
        columns_of={"number": "code"},
        special_source=_plain_list,
    )


CODES = codes_of(None)
