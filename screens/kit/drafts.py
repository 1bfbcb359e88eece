"""What is being typed, kept beside the database: small files that survive a lost connection and a killed program.

Each is a 0600 JSON file ``<kind>-<id>.json`` in the operator's state directory, written whole and put in place by a
rename. A file that a running program of the same operator writes is not offered to another: each program holds a lock.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.clock import now
from screens.kit.form_entries import Entry

NEW = 0
"""The record id of a draft of a record that does not exist yet."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One half-typed form: what was typed, and the version and values of the record that it began from."""

    kind: str
    record_id: int
    title: str
    version: int
    base: Mapping[str, Any]
    names: Mapping[str, str]
    typed: Mapping[str, Entry]
    operator: str = ""
    moment: dt.datetime = field(default_factory=now)
    path: Path | None = None


def database_id(place: str) -> str:
    """A short name for a database, made of its address or the full path of its file; no secret in it."""
    return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def drafts_folder(place: str) -> Path:
    """Where the drafts of this operator for a database are kept."""
    from platformdirs import user_state_path

    return user_state_path("turbofly", appauthor=False) / "drafts" / database_id(place)


class Drafts:
    """The drafts of one operator (a login) for one database. Nothing is read or written before it is asked for."""

    def __init__(self, folder: Path, operator: str = "") -> None:
        self._folder = folder
        self._operator = operator
        self._program = secrets.token_hex(4)
        self._lock: int | None = None
        self._own: set[Path] = set()

    def pending(self) -> list[Draft]:
        """The drafts that programs left behind, newest first; those of running programs are left out."""
        found = [draft for path in sorted(self._folder.glob("*.json")) if (draft := self._offered(path))]
        return sorted(found, key=lambda draft: draft.moment, reverse=True)

    def of(self, kind: str, record_id: int) -> Draft | None:
        """The newest draft of a record that is left behind; None where there is none."""
        return next((draft for draft in self.pending() if (draft.kind, draft.record_id) == (kind, record_id)), None)

    def keep(self, draft: Draft) -> Path:
        """Write a draft, over the earlier one of ``draft.path`` where it has one; returns where it is.

        Raises ``OSError``.
        """
        self._begin()
        path = draft.path or self._free_path(draft)
        temporary = path.with_name(f".{path.name}.{self._program}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
            mine = {"program": self._program, "operator": self._operator}
            json.dump(_packed(draft) | mine, file, ensure_ascii=False)
        temporary.replace(path)
        self._own.add(path)
        return path

    def discard(self, path: Path | None) -> None:
        """Remove a draft that was saved or is not wanted any more."""
        if path is not None:
            path.unlink(missing_ok=True)
            self._own.discard(path)

    def close(self) -> None:
        """Let go of what this program still keeps: it is offered again."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            self._lock_path(self._program).unlink(missing_ok=True)
        self._own.clear()

    def _offered(self, path: Path) -> Draft | None:
        try:
            data = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
            if path in self._own or self._is_running(str(data["program"])):
                return None
            draft = _unpacked(data, path)
            return draft if draft.operator == self._operator else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
            return None

    def _begin(self) -> None:
        """Make the folder, and hold this program's lock from now on; the kernel frees it however the program ends."""
        if self._lock is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(self._lock_path(self._program), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _lock_path(self, program: str) -> Path:
        return self._folder / f".program-{program}.lock"

    def _is_running(self, program: str) -> bool:
        if program == self._program:
            return False
        path = self._folder / Path(f".program-{program}.lock").name
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        else:
            with contextlib.suppress(OSError):
                path.unlink()
            return False
        finally:
            os.close(descriptor)

    def _free_path(self, draft: Draft) -> Path:
        return next(path for path in self._paths(draft) if not path.exists())

    def _paths(self, draft: Draft) -> Iterator[Path]:
        name = f"{draft.kind}-{draft.record_id or 'new'}"
        yield self._folder / f"{name}.json"
        for number in range(2, 10_000):
            yield self._folder / f"{name}-{number}.json"


def _packed(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "id": draft.record_id,
        "title": draft.title,
        "version": draft.version,
        "moment": draft.moment.isoformat(),
        "base": {name: _plain(value) for name, value in draft.base.items()},
        "names": dict(draft.names),
        "typed": {name: [entry.text, entry.picked] for name, entry in draft.typed.items()},
    }


def _unpacked(data: Mapping[str, Any], path: Path) -> Draft:
    return Draft(
        str(data["kind"]),
        int(data["id"]),
        str(data["title"]),
        int(data["version"]),
        {name: _value(plain) for name, plain in data["base"].items()},
        {name: str(text) for name, text in data["names"].items()},
        {
            name: Entry(str(text), None if picked is None else int(picked))
            for name, (text, picked) in data["typed"].items()
        },
        str(data["operator"]),
        dt.datetime.fromisoformat(data["moment"]),
        path,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


_KINDS: Mapping[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "day": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
}


def _value(plain: Any) -> Any:
    if isinstance(plain, dict):
        ((kind, text),) = plain.items()
        return _KINDS[kind](text)
    return tuple(plain) if isinstance(plain, list) else plain
