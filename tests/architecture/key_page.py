"""The manual's page of keys, made from the bindings: ``python -m tests.architecture.key_page`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from textual.dom import DOMNode

from screens.kit.keymap import declared
from tui.app import TurboFly
from tui.key_check import bound_classes

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
TITLES = {
    "TurboFly": "Everywhere",
    "ListTable": "A list",
    "ListPane": "Round any list",
    "SectionPane": "Round a list",
    "ListScreen": "A section with several lists",
    "RecordScreen": "Any record",
    "CardScreen": "A card",
    "ClientCard": "The card of a client",
    "DetailCard": "The card of an address or a bank account",
    "ClientPane": "The list of clients",
    "DealCard": "The card of a deal",
    "DocumentPane": "A list of documents",
    "DocumentCard": "The card of a document",
    "DocumentKeysScreen": "The keys and licences of a document",
    "NumberBlock": "A block of numbers",
    "DocumentForm": "The header of a document",
    "CellGrid": "The lines of a draft",
    "LineEditor": "A cell of a line",
    "QuantityRows": "How much of each line",
    "Quantities": "Making the next document",
    "ReasonStrip": "Reasons of what was not bought",
    "AskFields": "A few fields",
    "FiguresBody": "Figures of the funnel",
    "FigureTable": "A table of figures",
    "StagesBody": "The funnel",
    "UnmetBody": "Unmet demand",
    "KeyCard": "The card of a key",
    "LicenceCard": "The card of a licence",
    "InstanceCard": "The card of an item instance",
    "RenewalsBody": "Renewals",
    "RenewalTable": "What ends, by client",
    "PoolsBody": "The pools of codes",
    "TabTable": "A list on a card",
    "EventKinds": "The kinds of events of a timeline",
    "FileTable": "The files of a record",
    "FileCard": "The card of a file",
    "Form": "The fields of a card",
    "LineInput": "A field that is being filled",
    "PickInput": "A field with a list to pick from",
    "FilterInput": "The filter line",
    "FindAnything": "Find anything",
    "TodayList": "Today",
    "DueReminders": "The reminders that are due",
    "ReminderPane": "The list of reminders",
    "ReminderCard": "The card of a reminder",
    "PlannedPane": "What is planned",
    "InteractionCard": "The card of an interaction",
    "MailPane": "Round a list of messages",
    "MessageScreen": "Reading a message",
    "LineView": "The text of a message",
    "ThreadTable": "The thread of a message",
    "SourceScreen": "The source of a message",
    "SourceView": "The rows of a source",
    "SettingsPane": "Settings",
    "ColumnChooser": "The columns of a list",
    "ImportTable": "Importing a table",
    "ColumnList": "The columns of an imported table",
    "Difference": "What will be changed",
    "Comparison": "Two versions beside each other",
    "ConflictView": "A conflict with what another saved",
    "MergeView": "Two clients to be merged",
    "DraftQuestion": "A draft of half-typed fields",
    "Help": "Help",
    "Confirm": "A question",
    "PickOne": "A choice",
    "RecordPicker": "A record to be picked",
    "AskPath": "A path",
    "Tell": "A message",
}
_HEAD = """# Keys

Each key has a name, its *id*, under which the configuration file can give it another key:

```toml
[keymap]
"list.down" = "j,down"
```

Letters work the same under a Cyrillic layout: `о` is `j`, `н` is `y`, `.` is `/`.

<!-- Made from the bindings by `make keys`. -->
"""


def key_page() -> str:
    """The whole page."""
    classes = {one.__name__: one for one in _classes()}
    return "\n".join([_HEAD, *(_chapter(title, classes[name]) for name, title in TITLES.items())])


def _classes() -> list[type[DOMNode]]:
    return [TurboFly, *bound_classes()]


def _chapter(title: str, one: type[DOMNode]) -> str:
    keys: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for binding in declared(one):
        keys.setdefault(binding.id or "", []).append(_shown(binding.key))
        texts[binding.id or ""] = binding.description
    rows = [f"| {' '.join(names)} | {texts[name]} | `{name}` |" for name, names in keys.items() if name]
    return "\n".join([f"## {title}", "", "| key | does | id |", "| --- | --- | --- |", *rows, ""])


_SIGNS = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "colon": ":",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def _shown(key: str) -> str:
    return f"`{_SIGNS.get(key, key)}`"


def bound_and_described() -> set[str]:
    """The classes of the program that bind keys of their own, and so want a chapter."""
    return {one.__name__ for one in _classes() if declared(one) and "BINDINGS" in vars(one)}


if __name__ == "__main__":
    PAGE.write_text(key_page(), encoding="utf-8")
