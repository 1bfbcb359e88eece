"""What a benchmark finds: lines of ours, the peer and the ratio, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_UNITS = {
    "ms": "{:,.1f} ms",
    "s": "{:,.2f} s",
    "bytes": "{:,.0f} B",
    "MiB": "{:,.1f} MiB",
    "rows/s": "{:,.0f} rows/s",
    "messages/s": "{:,.0f} messages/s",
}
HEADINGS = ("what", "ours", "peer", "ratio", "aim", "the peer is")


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. ``peer`` is None where there is nothing to compare with, or where the peer is missing here."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    peer_is: str = ""
    aim: str = ""

    def cells(self) -> tuple[str, ...]:
        """The line as text, in the order of ``HEADINGS``."""
        written = _UNITS[self.unit].format
        peer, ratio = ("", "") if self.peer is None else (written(self.peer), f"{self.ours / self.peer:.2f} ×")
        return (self.what, written(self.ours), peer, ratio, self.aim, self.peer_is)


def table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table whose columns are aligned for reading too."""
    rows: list[Sequence[str]] = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    rows.insert(1, ["-" * (width - 1) + ":" if 1 <= n <= 3 else "-" * width for n, width in enumerate(widths)])
    return "\n".join(
        "| "
        + " | ".join(
            cell.rjust(width) if 1 <= column <= 3 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    )
