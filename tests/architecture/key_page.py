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
    "ListPane": "Round a list",
    "ListScreen": "A section with several lists",
    "CardScreen": "A card",
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
    "SettingsPane": "Settings",
    "ColumnChooser": "The columns of a list",
    "ImportTable": "Importing a table",
    "ColumnList": "The columns of an imported table",
    "Difference": "What will be changed",
    "ConflictView": "A conflict with what another saved",
    "DraftQuestion": "A draft of half-typed fields",
    "Help": "Help",
    "Confirm": "A question",
    "PickOne": "A choice",
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


_SIGNS = {"question_mark": "?", "colon": ":", "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]"}


def _shown(key: str) -> str:
    return f"`{_SIGNS.get(key, key)}`"


def bound_and_described() -> set[str]:
    """The classes of the program that bind keys of their own, and so want a chapter."""
    return {one.__name__ for one in _classes() if declared(one) and "BINDINGS" in vars(one)}


if __name__ == "__main__":
    PAGE.write_text(key_page(), encoding="utf-8")
