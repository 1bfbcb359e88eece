"""Rows that name another row of the same table: they are taken after all others, each after the one that it names."""

from collections.abc import Sequence

from importers.rows import ReadRow
from models.text import fold


def names_another(row: ReadRow, follows: tuple[str, str] | None) -> bool:
    """Whether a row says of which other one it is the follower."""
    return follows is not None and bool(row.values.get(follows[0]))


def in_turn(rows: Sequence[ReadRow], follows: tuple[str, str]) -> list[ReadRow]:
    """The rows, those first that follow none of the others, then those that follow these, and so on.

    Taken so, most of them can be judged together. Rows that follow one another in a circle come as they stand.
    """
    naming, named = follows
    targets = {_word(row, named): _word(row, naming) for row in rows}
    depths: dict[str, int] = {}
    for start in targets:
        way: dict[str, None] = {}
        here = start
        while here in targets and here not in depths and here not in way:
            way[here] = None
            here = targets[here]
        depth = depths.get(here, -1)
        for number in reversed(way):
            depth += 1
            depths[number] = depth
    return sorted(rows, key=lambda row: depths[_word(row, named)])


def _word(row: ReadRow, field: str) -> str:
    return fold(str(row.values.get(field) or ""))
