"""Walks through the program's screens on a pseudo-terminal, as data: keys, and what has to be seen after them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.terminal.grammar import Size, faults
from tests.terminal.harness import Terminal, unrestored_modes
from tests.terminal.poison import MARK_EDGE, Poison

_MARK = re.compile(f"{MARK_EDGE}[0-9a-f]+{MARK_EDGE}")
NARROW, WIDE = Size(24, 80), Size(40, 120)


def each_way(how: Poison, size: Size) -> pytest.MarkDecorator:
    """A test for each poison at each size: one of them always, the others where there is time."""
    ways = [(one, room) for one in Poison for room in (NARROW, WIDE)]
    marks = {way: () if way == (how, size) else pytest.mark.proof for way in ways}
    names = {way: f"{way[0].value} {way[1].columns}x{way[1].rows}" for way in ways}
    return pytest.mark.parametrize(
        ("how", "size"), [pytest.param(*way, id=names[way], marks=marks[way]) for way in ways]
    )


@dataclass(frozen=True, slots=True)
class Step:
    """Keys to press, with spaces between, and what is waited for.

    That is a text (or ``either``), the mark of a column, a list of a table's records, a text to be gone. ``typed`` is
    written before the keys are pressed. ``wide``: only where the screen has room for it.
    """

    keys: str = ""
    sees: str = ""
    either: str = ""
    column: str = ""
    list_of: str = ""
    gone: str = ""
    typed: str = ""
    wide: bool = False


@dataclass
class Walk:
    """The program on a poisoned database; each step is done when what it has to show is there."""

    terminal: Terminal
    size: Size
    places: Mapping[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def go(self, steps: Iterable[Step]) -> None:
        """Do the steps in their order."""
        for step in steps:
            if not step.wide or self.size is WIDE:
                self._do(step)

    def _do(self, step: Step) -> None:
        assert not step.keys.endswith("escape") or step.sees or step.gone or step.column or step.list_of, (
            "escape and the next key, at once, are another key"
        )
        if step.gone:
            # What was not there cannot go: the step would wait for nothing.
            self.terminal.wait_until(lambda: step.gone in self.terminal.screen_text(), f"{step.gone!r}, which is to go")
        if step.typed:
            self.terminal.send(step.typed)
        self.terminal.key(*step.keys.split())
        try:
            self.terminal.wait_until(lambda: self._is_done(step))
        except AssertionError as error:
            raise AssertionError(f"after {step}: {error}") from None
        self.seen |= self.columns()

    def _is_done(self, step: Step) -> bool:
        screen = self.terminal.screen_text()
        assert "has failed" not in screen, "the program has failed"
        seen = step.sees in screen or (step.either and step.either in screen)
        if not seen or (step.gone and step.gone in screen):
            return False
        if step.list_of and step.list_of not in self._tables_at_the_left():
            return False
        return not step.column or step.column in self.columns()

    def _tables_at_the_left(self) -> set[str]:
        """The tables whose texts are the first of a line below the headings: the lists that are shown."""
        lines = self.terminal.screen_text().split("\n")[3:]
        marks = (found[0] for line in lines if (found := _MARK.search(line)))
        return {self.places[mark].split(".")[0] for mark in marks if mark in self.places}

    def columns(self) -> set[str]:
        """The columns, as ``client.name``, of which a poisoned text is on the screen now."""
        marks: Iterator[str] = (found[0] for found in _MARK.finditer(self.terminal.screen_text()))
        return {self.places[mark].split(" ")[0] for mark in marks if mark in self.places}

    def leave(self) -> None:
        """Leave by ctrl+q; assert that it went well and that only what it may was said to the terminal."""
        self.terminal.key("ctrl+q")
        assert self.terminal.wait_for_exit() == 0
        assert unrestored_modes(self.terminal.raw) == {}
        found = [str(fault) for fault in faults(self.terminal.raw, self.size)][:5]
        assert not found, found


def program(place: Path | str, size: Size, home: Path, *arguments: str) -> Terminal:
    """The real program on a database, with settings and drafts of its own in ``home``."""
    command = [sys.executable, "-m", "tui.command_line.main", "--database", str(place), *arguments]
    environment = {"XDG_STATE_HOME": str(home / "state"), "XDG_CONFIG_HOME": str(home / "config"), "HOME": str(home)}
    return Terminal(command, rows=size.rows, columns=size.columns, environment=environment)
