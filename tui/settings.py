"""The operator's configuration file: a small TOML file, read once at start.

It stands in the user's configuration directory (``turbofly.toml``), or where ``TURBOFLY_CONFIG`` says. A
setting that does not exist, or has a value that it cannot have, is reported with its line and left at its default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from models.language import LANGUAGES, N_, _
from tui.places import CONFIG, folder

FILE_VARIABLE = "TURBOFLY_CONFIG"
THEMES = ("auto", "dark", "light", "16")


class Kind(NamedTuple):
    """What a setting may be: a test, and the words for it, an English msgid."""

    fits: Callable[[object], bool]
    allowed: str
    values: tuple[str, ...] = ()

    def in_words(self) -> str:
        """What is allowed, in the operator's language."""
        return _(self.allowed).format(values=", ".join(f'"{value}"' for value in self.values))


def _one_of(*values: str) -> Kind:
    return Kind(lambda value: value in values, N_("one of {values}"), values)


_TEXT = Kind(lambda value: isinstance(value, str) and bool(value), N_("a text in quotation marks"))
_YES_NO = Kind(lambda value: isinstance(value, bool), N_("true or false"))
_KEYS = Kind(
    lambda value: isinstance(value, dict) and all(isinstance(keys, str) and keys for keys in value.values()),
    N_("a table of binding ids and keys in quotation marks"),
)


_ACCOUNTS = Kind(
    lambda value: isinstance(value, dict) and all(isinstance(account, dict) for account in value.values()),
    N_("tables [imap.NAME]"),
)

_TABLE = Kind(lambda value: isinstance(value, dict), N_("a table [smtp]"))


def _setting(kind: Kind, says: str, default: Any = None) -> Any:
    """A field of ``Settings``: ``says`` is its documentation, an English msgid."""
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata={"kind": kind, "says": says})
    return field(default=default, metadata={"kind": kind, "says": says})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration file can say; ``documented`` lists the fields with their texts."""

    database: str | None = _setting(
        _TEXT,
        N_(
            "The database to open: a path, sqlite:///… or postgresql://…. --database and TURBOFLY_DATABASE win over it."
        ),
    )
    operator: str | None = _setting(_TEXT, N_("The login to work under. --operator and TURBOFLY_OPERATOR win over it."))
    language: str | None = _setting(
        _one_of(*LANGUAGES), N_("The language of the program; without it, the one of the locale.")
    )
    theme: str = _setting(
        _one_of(*THEMES), N_("The colours. “auto” is dark, or 16 where the terminal has no more."), "auto"
    )
    ascii: bool = _setting(_YES_NO, N_("Draw frames and marks in ASCII only."), False)
    notifications: bool = _setting(
        _YES_NO, N_("Tell of reminders by the notifications of the terminal, where it is known to have any."), True
    )
    keymap: Mapping[str, str] = _setting(
        _KEYS, N_('Other keys, by binding id, several separated by commas: "list.down" = "j,down".'), {}
    )
    imap: Mapping[str, Any] = _setting(
        _ACCOUNTS,
        N_(
            "Folders of mail servers to fetch from, each a table [imap.NAME]: host, user, port, folder, ca_file, plain,"
            " and one of password_command, password_file, keyring."
        ),
        {},
    )
    smtp: Mapping[str, Any] = _setting(
        _TABLE,
        N_(
            "The server that forms are mailed through, a table [smtp]: host, from, port, user, name, starttls, ca_file,"
            " plain, and one of password_command, password_file, keyring."
        ),
        {},
    )


class Problem(NamedTuple):
    """Something in the configuration file that cannot be used; ``line`` counts from 1, 0 when unknown."""

    path: Path
    line: int
    name: str
    fault: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.name}: {self.fault}" if self.name else f"{place}: {self.fault}"


def documented() -> list[tuple[str, str, str]]:
    """Name, what is allowed, and what it does, of every setting, in the operator's language."""
    told = [(one.name, one.metadata["kind"], one.metadata["says"]) for one in fields(Settings)]
    return [(name, kind.in_words(), _(says)) for name, kind, says in told]


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the configuration file is looked for."""
    if chosen := environment.get(FILE_VARIABLE):
        return Path(chosen).expanduser()
    return Path(folder(CONFIG), "turbofly.toml")


def load_settings(environment: Mapping[str, str] = os.environ) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of the configuration file, and what in it could not be used.

    Never raises: without a file the defaults hold; a file that ``TURBOFLY_CONFIG`` names must be readable.
    """
    path = settings_path(environment)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        missing = Problem(path, 0, "", _("There is no such file, but {name} names it.").format(name=FILE_VARIABLE))
        return Settings(), (missing,) if environment.get(FILE_VARIABLE) else ()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), (Problem(path, 0, "", str(error)),)
    return read_settings(text, path)


def read_settings(text: str, path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings that a TOML text holds, and what in it could not be used."""
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        return Settings(), (Problem(path, int(line[1]) if line else text.count("\n") + 1, "", str(error)),)
    kinds: dict[str, Kind] = {one.name: one.metadata["kind"] for one in fields(Settings)}
    faults = {name: fault for name, value in given.items() if (fault := _fault(kinds.get(name), kinds, value))}
    settings = Settings(**{name: value for name, value in given.items() if name not in faults})
    return settings, tuple(Problem(path, _line_of(name, text), name, fault) for name, fault in faults.items())


def _fault(kind: Kind | None, kinds: Mapping[str, Kind], value: object) -> str:
    if kind is None:
        return _("There is no such setting; there are {names}.").format(names=", ".join(kinds))
    return "" if kind.fits(value) else _("This has to be {allowed}.").format(allowed=kind.in_words())


def _line_of(name: str, text: str) -> int:
    """The line on which a top-level name is set; tomllib does not tell."""
    pattern = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(name)}["']?\s*(=|\.|\])""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)
