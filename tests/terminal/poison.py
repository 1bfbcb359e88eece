"""A sample company whose every text speaks to the terminal: control sequences, markup, invisible and endless text.

It is written straight into the database, past all cleaning, as a broken program or an attacker would do it. Each
poisoned text carries a mark of its own, so that it is told which column a text on the terminal comes from.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from peewee import TextField
from zstandard import ZstdCompressor

from models.cards.definitions import CARDS
from models.database import raw_connection
from models.kinds import KINDS

OWN_STRINGS = Path(__file__).parents[1] / "data" / "hostile" / "strings.json"
PUBLIC_STRINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"
MARK_EDGE = "~"

assert CARDS, "with the cards all kinds of record are registered"


class Poison(Enum):
    """How far it goes: texts that people read, or the codes of states, kinds and roles too."""

    TEXTS = "texts"
    CODES_TOO = "codes too"


# What the program itself writes and compares by: every other text column is shown to people.
_CODES = frozenset(
    {
        "kind",
        "state",
        "status",
        "roles",
        "tax_regime",
        "regime",
        "currency",
        "country",
        "vat_code",
        "protection_method",
        "origin",
    }
    | {
        "term_from",
        "number_unique_per",
        "operation",
        "action",
        "number_scope",
        "about_kind",
        "from_state",
        "to_state",
        "direction",
        "filed_by",
        "before",
        "after",
        "regime",
    }
)
# By what the program finds a row: under another name it is simply not there.
_NAMES = {
    "setting": frozenset({"name"}),
    "file": frozenset({"sha256"}),
    "message": frozenset({"sha256"}),
    "interaction": frozenset({"state"}),
}
# What was read of messages, in tables that are no records.
_READ_OF_MESSAGES = {
    "message_address": ("name", "address"),
    "message_part": ("name", "shown_name", "content_type", "charset"),
    "message_text": ("links", "headers"),
}
_SHARE_OF_OWN = 0.6


def own_strings() -> list[str]:
    """The strings that are kept with the tests; ``{mark}`` stands where the mark goes."""
    rows = json.loads(OWN_STRINGS.read_text(encoding="utf-8"))
    return [row["text"] + row.get("unit", "") * row.get("times", 0) for row in rows]


def public_strings() -> list[str]:
    """The big list of naughty strings and the streams of terminal sequences beside the checkout; maybe none."""
    if not PUBLIC_STRINGS.is_dir():
        return []
    lines = (PUBLIC_STRINGS / "blns.txt").read_text(encoding="utf-8").split("\n")
    naughty = [line for line in lines if line and not line.startswith("#")]
    streams = [path.read_bytes().decode("utf-8", "replace") for path in sorted((PUBLIC_STRINGS / "escape").iterdir())]
    escapes = [line for stream in streams for line in stream.split("\n") if line.strip()]
    return [*naughty, *escapes, *streams]


@dataclass
class Poisoner:
    """Gives one poisoned text after the other, and remembers by its mark where each was put."""

    own: list[str]
    public: list[str]
    places: dict[str, str] = field(default_factory=dict)
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _random: random.Random = field(default_factory=lambda: random.Random(7))

    def text(self, place: str) -> str:
        """The next text, for this place."""
        mark = f"{MARK_EDGE}{next(self._count):x}{MARK_EDGE}"
        self.places[mark] = place
        own = self._random.random() < _SHARE_OF_OWN or not self.public
        text = self._random.choice(self.own if own else self.public)
        return text.replace("{mark}", mark) if own else mark + text


def poison(path: Path, how: Poison, public: list[str], login: str) -> dict[str, str]:
    """Poison the database; returns the places by their marks. The operator of ``login`` can still work with it."""
    poisoner = Poisoner(own_strings(), public)
    connection = raw_connection(path)
    connection.execute("pragma foreign_keys = off")
    connection.execute("begin")
    # By name: their own order is that of the imports, which are others where other tests run too.
    for kind in sorted(KINDS.values(), key=lambda one: one.name):
        _poison_table(connection, poisoner, kind.name, kind.table, how)
    _poison_trail(connection, poisoner, how)
    _poison_mail(connection, poisoner)
    if how is Poison.CODES_TOO:
        connection.execute("update operator set roles = roles || ' director' where id = 1")
    connection.execute("update operator set system_login = ?, active = 1 where id = 1", (login,))
    connection.execute("commit")
    connection.close()
    return poisoner.places


def _poison_table(connection: Any, poisoner: Poisoner, kind: str, table: Any, how: Poison) -> None:
    kept = _NAMES.get(kind, frozenset()) | (frozenset() if how is Poison.CODES_TOO else _CODES)
    name = table._meta.table_name
    columns = [one.column_name for one in table._meta.sorted_fields if type(one) is TextField and one.name not in kept]
    ids = [row[0] for row in connection.execute(f'select id from "{name}"').fetchall()]
    if columns:
        sets = ", ".join(f'"{column}" = ?' for column in columns)
        rows = [(*(poisoner.text(f"{name}.{column} #{one}") for column in columns), one) for one in ids]
        connection.executemany(f'update "{name}" set {sets} where id = ?', rows)


def _poison_mail(connection: Any, poisoner: Poisoner) -> None:
    """What was read of messages, their texts, quoted and not, and their sources."""
    for table, columns in _READ_OF_MESSAGES.items():
        sets = ", ".join(f"{column} = ?" for column in columns)
        for (rowid,) in connection.execute(f"select rowid from {table}").fetchall():
            texts = (poisoner.text(f"{table}.{column} #{rowid}") for column in columns)
            connection.execute(f"update {table} set {sets} where rowid = ?", (*texts, rowid))
    for (message_id,) in connection.execute("select message_id from message_text").fetchall():
        lines = [poisoner.text(f"message_text.compressed #{message_id}") for _line in range(6)]
        text = "\n".join([*lines, *(f"> {line}" for line in lines), lines[0]])
        packed = ZstdCompressor().compress(text.encode("utf-8", "replace"))
        connection.execute("update message_text set compressed = ? where message_id = ?", (packed, message_id))
    for (sha256,) in connection.execute("select sha256 from message").fetchall():
        lines = [poisoner.text("stored_content.compressed #0") for _line in range(40)]
        source = "\r\n".join(lines).encode("utf-8", "replace") + bytes(range(256))
        packed = ZstdCompressor().compress(source)
        connection.execute("update stored_content set compressed = ? where sha256 = ?", (packed, sha256))


def _poison_trail(connection: Any, poisoner: Poisoner, how: Poison) -> None:
    """Who did what, and the old values, which stay readable as JSON unless codes are poisoned too."""
    for seq, old in connection.execute("select seq, old_values from audit").fetchall():
        names = ["operator", "origin", *(["action"] if how is Poison.CODES_TOO else [])]
        values = [poisoner.text(f"audit.{name} #{seq}") for name in names]
        if old is not None:
            names.append("old_values")
            values.append(_poisoned_json(poisoner, seq, old, how))
        sets = ", ".join(f"{name} = ?" for name in names)
        connection.execute(f"update audit set {sets} where seq = ?", (*values, seq))


def _poisoned_json(poisoner: Poisoner, seq: int, old: str, how: Poison) -> str:
    place = f"audit.old_values #{seq}"
    if how is Poison.CODES_TOO and seq % 3 == 0:
        return poisoner.text(place)
    values = json.loads(old)
    poisoned = {name: poisoner.text(place) if isinstance(value, str) else value for name, value in values.items()}
    if how is Poison.CODES_TOO:
        poisoned[poisoner.text(place)] = "\ud800 half a pair"
    return json.dumps(poisoned)
