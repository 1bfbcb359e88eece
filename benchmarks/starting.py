"""From the start of the process to the list of keys, beside a bare Textual application and visidata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measured import Line
from benchmarks.pseudo_terminal import COLUMNS, PseudoTerminal
from benchmarks.timing import Took, in_turns
from benchmarks.workshop import PROJECT, Workshop, program

PEERS = PROJECT / "benchmarks" / "peers"
_EMPTY_LINE = b" " * COLUMNS
_FIRST_KEY = "SELECT number FROM protection_key ORDER BY number_folded, number_scope LIMIT 1"
_BARE = "a bare Textual application with an empty screen"


def first_key(workshop: Workshop, database: Path) -> bytes:
    """The number that the list of keys begins with."""
    ((number,),) = workshop.select(database, _FIRST_KEY)
    return str(number).encode()


def keys_list(workshop: Workshop, database: Path, *, wait: bool = False) -> PseudoTerminal:
    """``turbofly`` with the list of keys, in the environment without the ``postgres`` extra; with ``wait``, entered
    once the list is shown."""
    command: list[str | Path] = [workshop.programs / "python", "-m", "benchmarks.peers.open_section"]
    environment = {**workshop.environment, "PYTHONPATH": str(PROJECT), "TURBOFLY_DATABASE": str(database)}
    return PseudoTerminal(command, environment, ready=first_key(workshop, database) if wait else None)


def measure(workshop: Workshop) -> Iterator[Line]:
    """Time to the first row of the list; of the bare application, to its first empty line."""
    first = first_key(workshop, workshop.large)
    bare: list[str | Path] = [workshop.programs / "python", PEERS / "bare_textual.py"]
    trials: dict[str, Callable[[], Took]] = {
        "ours": lambda: _shows(keys_list(workshop, workshop.large), first),
        "bare": lambda: _shows(PseudoTerminal(bare, workshop.environment), _EMPTY_LINE),
    }
    if visidata := program("vd"):
        with workshop.rows.open(encoding="utf-8") as file:
            next(file)
            number = next(file).split(",")[1].encode()
        command: list[str | Path] = [visidata, workshop.rows]
        trials["visidata"] = lambda: _shows(PseudoTerminal(command, workshop.environment), number)
    took = in_turns(trials, workshop.rounds)
    yield Line("Keys list with data, by the clock", "ms", took["ours"].wall, took["bare"].wall, _BARE, "≤ 1.5 ×")
    yield Line("Keys list with data, processor", "ms", took["ours"].cpu, took["bare"].cpu, _BARE, "≤ 1.5 ×")
    if "visidata" in took:
        peer = "visidata, first rows of the same keys and licences as CSV"
        yield Line("Keys list with data, by the clock", "ms", took["ours"].wall, took["visidata"].wall, peer)


def _shows(terminal: PseudoTerminal, text: bytes) -> Took:
    with terminal:
        return terminal.took_to_show(text)
