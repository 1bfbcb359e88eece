"""Receivables, several documents at once and the rest of a line, over a database whose every text is hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.grammar import Size
from tests.terminal.poison import Poison
from tests.terminal.test_poisoned_screens import Poisoned, walking
from tests.terminal.walk import NARROW, Step, each_way

pytestmark = pytest.mark.terminal

STEPS = (
    Step("4", list_of="document"),
    Step("space space o", sees="different", either="does not"),
    Step("space up space up"),
    Step("home enter", sees="Made from it", column="client.name"),
    Step("e", sees=" editing", column="document_line.description"),
    Step("f3", sees="─ The line besides"),
    Step("escape", gone="─ The line besides"),
    Step("escape", gone=" editing", sees="Made from it"),
    Step("escape", gone="Made from it", list_of="document"),
    Step("[", sees="Nothing waits for a reason"),
    Step("[", sees="Number"),
    Step("[", sees="what is behind it", column="client.name"),
    Step("f", sees="Empty fields narrow nothing down."),
    Step("escape", gone="Empty fields narrow nothing down."),
    Step("down up right enter tab"),
    Step("left left enter", sees="When ▼"),
    Step("escape", sees="over 90"),
)


@each_way(Poison.TEXTS, NARROW)
def test_receivables_and_documents_at_once(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        if how is Poison.TEXTS:
            walk.go(STEPS)
