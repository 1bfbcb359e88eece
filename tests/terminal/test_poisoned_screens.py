"""Every screen over a database whose every text is hostile: nothing of it is obeyed, nothing fails."""

from __future__ import annotations

import csv
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.database import raw_connection
from models.table_listing import ListDefinition
from screens.list_screen import ListScreen
from screens.section import Section
from tests.terminal.grammar import Size
from tests.terminal.poison import MARK_EDGE, Poison, own_strings
from tests.terminal.walk import NARROW, WIDE, Step, Walk, each_way, program
from tui.assembly import SECTIONS

pytestmark = pytest.mark.terminal

Poisoned = Callable[[Poison], tuple[Path, dict[str, str]]]


@contextmanager
def walking(poisoned: Poisoned, how: Poison, size: Size, home: Path) -> Iterator[Walk]:
    """The program on the poisoned database; at the end it leaves well and has said nothing that it must not."""
    path, places = poisoned(how)
    with program(path, size, home) as terminal:
        walk = Walk(terminal, size, places)
        walk.go([Step(sees="1 Tod", column="client.name")])
        yield walk
        walk.leave()


def lists_of(section: Section) -> Iterator[tuple[ListDefinition, str]]:
    """The lists of a section, in the order of the tabs, with the keys from the one to the next.

    A second list of the same records says nothing new; one that is narrowed may be empty.
    """
    screen, seen, keys = section.factory(), set[str](), [str(section.digit)]
    for view in screen.VIEWS if isinstance(screen, ListScreen) else ():
        kind = view.definition.kind
        if kind not in seen and view.condition is None:
            seen.add(kind)
            yield view.definition, " ".join(keys)
            keys = []
        keys.append("]")


def each_list(walk: Walk) -> Iterator[ListDefinition]:
    """Show every list of every section, one after the other; wherever the caller goes, he has to come back."""
    for section in SECTIONS:
        for shown, keys in lists_of(section):
            walk.go([Step(keys, list_of=shown.table._meta.table_name)])
            yield shown


IN_A_LIST = (
    Step("space", sees="1 marked"),
    Step("end"),
    Step("home"),
    Step("l s l s"),
    Step("pagedown"),
    Step("?", sees="type to find a key"),
    Step("escape", gone="type to find a key"),
    Step("c", sees="space on/off"),
    Step("escape", gone="space on/off"),
    Step("x", sees="Export to a file"),
    Step("escape", gone="Export to a file"),
    Step("y", sees="Copied:"),
    Step("Y"),
    Step("v", wide=True),
    Step("down", sees="▏", wide=True),
    Step("v", gone="▏", wide=True),
    Step("/", sees="words, field:value"),
    Step(typed="no such thing", sees="/ no such thing"),
    Step(sees="Nothing matches"),
    Step("escape", gone="no such thing"),
)


@each_way(Poison.TEXTS, NARROW)
def test_every_list_with_all_that_is_done_to_it(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        for shown in each_list(walk):
            walk.go(IN_A_LIST)
            walk.go([Step(list_of=shown.table._meta.table_name)])


DOCUMENTS_AND_FUNNEL = (
    Step("4 n", sees="─ Which document?"),
    Step(typed="quote"),
    Step("enter", sees="─ New: quote", column="client.name"),
    Step("escape", gone="─ New: quote"),
    Step("home enter", sees="without VAT", column="client.name"),
    Step("e", sees=" editing", column="document_line.description"),
    Step("down"),
    Step(typed="~", sees="Line 2: Product", column="product.name"),
    Step("down enter", sees="rows of a spreadsheet"),
    Step(typed="3", sees="Line 2: Quantity"),
    Step("enter", sees="rows of a spreadsheet"),
    Step("up up f2", sees="Line 1: Description"),
    Step("escape", gone="Line 1: Description", sees="rows of a spreadsheet"),
    Step("ctrl+l", sees="Date*"),
    Step("ctrl+s", sees="Back to the form"),
    Step("escape", gone="Back to the form"),
    Step("escape", sees="What you typed is not saved."),
    Step("y", gone=" editing"),
    Step("C", sees="Why is it cancelled?"),
    Step("escape", gone="Why is it cancelled?"),
    Step("I", sees="It gets its number"),
    Step("escape", gone="It gets its number"),
    Step("escape", gone="without VAT", list_of="document"),
    Step("down enter", sees="without VAT", column="document.number"),
    Step("p", sees="─ Print ─"),
    Step("enter", sees="The PDF file"),
    Step("escape", gone="The PDF file"),
    Step("D", sees="  Deal  ", gone="without VAT", column="deal.title"),
    Step("escape", sees="without VAT"),
    Step("escape", gone="without VAT", list_of="document"),
    Step("[", sees="Reasons to state"),
    Step("3", sees="Weighted", column="stage.name"),
    Step("f", sees="Empty fields narrow nothing down."),
    Step("escape", gone="Empty fields narrow nothing down."),
    Step("]", sees="By product"),
    Step("]", sees="Return", column="campaign.name"),
    Step("[ [", sees="Weighted"),
)


@each_way(Poison.TEXTS, NARROW)
def test_documents_and_the_funnel(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        if how is Poison.TEXTS:
            walk.go(DOCUMENTS_AND_FUNNEL)


FILES_AND_TIMELINE = (
    Step("2", list_of="client"),
    Step("enter", sees="When ▼", column="attached_file.name"),
    Step("tab", sees="/ filter"),
    Step("f", sees="─ Show only"),
    Step("f", gone="─ Show only", column="attached_file.name"),
    Step("F", sees="  Files: client", column="attached_file.name"),
    Step("enter", sees="Attached to", column="attached_file.content_type"),
    Step("w", sees="─ Save to disk"),
    Step("escape", gone="─ Save to disk"),
    Step("delete", sees="─ Remove a file"),
    Step("escape", gone="─ Remove a file"),
    Step("escape", gone="Attached to", sees="  Files: client"),
    Step("n", sees="─ Attach a file"),
    Step("escape", gone="─ Attach a file"),
    Step("escape", gone="  Files: client", sees="When ▼"),
    Step("escape", list_of="client"),
)


@each_way(Poison.TEXTS, NARROW)
def test_the_timeline_and_the_files_of_a_client(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        if how is Poison.TEXTS:
            walk.go(FILES_AND_TIMELINE)


UNREADABLE = (
    Step("enter", sees="  Message  "),
    Step("end", column="stored_content.compressed"),
    Step("escape", gone="  Message  "),
)
IN_THE_QUEUE = (
    Step("end", sees="Nobody is known by", either="t files this message", column="message_address.address"),
    Step("n", sees="─ Make of the sender", column="message_address.address"),
    Step("escape", gone="─ Make of the sender"),
    Step("a f", sees="─ File under a client", column="client.name"),
    Step("escape", gone="─ File under a client"),
    Step("t T"),
)
IN_A_MESSAGE = (
    Step("enter", sees="  Message  "),
    Step("end", column="message_text.compressed"),
    Step("home space b z"),
    Step("]"),
    Step("[", sees="f file it"),
    Step("v"),
    Step("v"),
    Step("y", sees="─ Copy to the clipboard"),
    Step("escape", gone="─ Copy to the clipboard"),
    Step("/", sees="─ Find in the text"),
    Step(typed="~"),
    Step("enter f3", gone="─ Find in the text"),
    Step("f", sees="─ File under a client", column="client.name"),
    Step("escape", gone="─ File under a client"),
    Step("O", sees="Source of message", column="stored_content.compressed"),
    Step("end home right left"),
    Step("F", sees="─ Save to disk"),
    Step("escape", gone="─ Save to disk"),
    Step("escape", sees="  Message  "),
    Step("escape", gone="  Message  "),
)


@each_way(Poison.TEXTS, NARROW)
def test_messages_with_all_that_is_done_to_them(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        is_read = how is Poison.CODES_TOO
        walk.go([Step("7", list_of="message"), Step("down down"), *IN_A_MESSAGE])
        if not is_read:
            walk.go(
                [
                    Step("]", list_of="message"),
                    *IN_THE_QUEUE,
                    Step("]", sees="What is wrong"),
                    *UNREADABLE,
                ]
            )


FINDING = (
    Step("ctrl+k", sees="Find anything ─"),
    Step(typed="ский", column="client.name"),
    Step("down pagedown up ctrl+y"),
    Step(typed=" zzzz", sees="Nothing is called"),
    Step("escape", gone="Find anything ─"),
)
FILTERS = (
    Step("2", sees="Contact persons", list_of="client"),
    Step("/", sees="words, field:value"),
    Step(typed="status:[/x]\u202e", sees="is no value of"),
    Step("escape", gone="is no value of"),
    Step("/", sees="words, field:value"),
    Step(typed="~", list_of="client"),
    Step("enter", sees="s sort"),
    Step("f2", sees="Keep this filter"),
    Step("enter", sees="It needs a name."),
    Step(typed="[/y][@click=app.bell()]"),
    Step("enter", sees="Kept as"),
    Step("f", sees="Kept filters"),
    Step("escape", gone="Kept filters"),
    Step("escape", gone="/ ~"),
)
ALL_MARKED = (
    Step("2", sees="Contact persons", list_of="client"),
    Step("a", sees="marked"),
    Step("e", sees="Set a field of the marked records"),
    Step(typed="Responsible"),
    Step("enter", sees="╭─ Responsible", column="operator.name"),
    Step(typed="zzzz"),
    Step("escape", gone="╭"),
)
MERGING = (
    Step("2", sees="Contact persons", list_of="client"),
    Step("a space down space down space", sees="marked"),
    Step("m", sees="Two clients are merged at a time"),
    Step("a a a", gone="marked"),
    Step("space down space", sees="2 marked"),
    Step("m", sees="─ Merge two clients", column="client.name"),
    Step("t m T M down up", sees="─ Merge two clients", column="client.name"),
    Step("escape", gone="─ Merge two clients"),
    Step("a", gone="marked"),
    Step("space", sees="1 marked"),
    Step("m", sees="─ Merge with", column="client.name"),
    Step("escape", gone="─ Merge with"),
    Step("a", gone="marked"),
)
SETTINGS = (
    Step("0", list_of="product"),
    Step("[", sees="Base currency", column="setting.value"),
    Step("home enter", sees="╭─ Language"),
    Step("escape", gone="╭"),
    Step("end up enter", sees="╭─ Days before"),
    Step("enter", typed="x", sees="is no number of days"),
    Step("escape", gone="╭"),
    Step("f8", sees="Русский"),
    Step("1", sees="1 Сегодня"),
    Step("2", sees="2 Клиенты"),
    Step("f8", sees="Clients"),
    Step("f9", sees="Colours:"),
    Step("u"),
)


@each_way(Poison.CODES_TOO, NARROW)
def test_every_box_and_the_settings(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        walk.go([*FINDING, *FILTERS, *ALL_MARKED, *MERGING, *SETTINGS])


# The box has its reminders when it says since when they are due: the screen behind it says how late they are.
DUE = (
    Step("!", sees="2020-01-01 00:00!", column="reminder.text"),
    Step("j k z", sees="15 minutes"),
    Step("escape", gone="15 minutes"),
    Step("H", sees="Hand over to", column="operator.name"),
    Step("escape", gone="Hand over to"),
    Step("e", sees="  Reminder  ", column="reminder.text"),
    Step("escape", gone="  Reminder  "),
    Step("!", sees="2020-01-01 00:00!", column="reminder.text"),
)


@each_way(Poison.CODES_TOO, NARROW)
def test_reminders_that_become_due(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    path, places = poisoned(how)
    own = Path(shutil.copy(path, tmp_path / "own.db"))
    with walking(lambda _how: (own, places), how, size, tmp_path) as walk:
        connection = raw_connection(own)
        connection.execute("update reminder set state = 'open', due = '2020-01-01', wakes = '2020-01-01 00:00:00'")
        (due,) = connection.execute("select count(*) from reminder where operator_id = 1").fetchone()
        connection.close()
        walk.go([Step(sees=f"!{due}", column="reminder.text"), *DUE, Step("d", sees="Done: 1 reminder.")])
        walk.go([Step(sees=f"!{due - 1}"), Step("escape", gone="2020-01-01 00:00!", list_of="reminder")])


HOSTILE_PASTE = "[/x]\u202e\u200b\x9b31m\x85\x07\x1b]0;owned\x07[@click=app.bell()]漢字"


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.proof)])
def test_a_hostile_table_in_the_preview_of_its_import(poisoned: Poisoned, size: Size, tmp_path: Path) -> None:
    strings = [text.replace("{mark}", f"{MARK_EDGE}{number:x}{MARK_EDGE}") for number, text in enumerate(own_strings())]
    path = tmp_path / "[x].csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "ИНН", *strings[:4]])
        writer.writerows([text, other, text, other, text, other] for text, other in itertools.pairwise(strings))
    with walking(poisoned, Poison.TEXTS, size, tmp_path) as walk:
        walk.go([Step("2", sees="Contact persons", list_of="client"), Step("I", sees="Import a table")])
        walk.go([Step("ctrl+u", gone="│ ~/"), Step(typed=f"{path}", sees="[x].csv"), Step("enter", sees="refused")])
        walk.go([Step("down down enter", sees="Read “"), Step("escape", gone="Read “"), Step("end pagedown pageup")])
        walk.go([Step("escape", list_of="client")])
