"""Finding clients by what tables call them: an INN, a code of another program, a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import chunked

from models import audit
from models.base import database, stored_rows, tuples
from models.clients.tables import Client
from models.errors import RuleBroken
from models.language import _
from models.lookup import LOOKUPS, fragment_match
from models.text import fold

# Up to so many names are looked up one by one; beyond it is cheaper to read all clients once.
_NAMES_ONE_BY_ONE = 100
_AT_ONCE = 500
_COLUMNS = ("id", "name", "inn", "kpp", "external_code")


@dataclass(frozen=True, slots=True)
class ClientRef:
    """A client as others refer to it."""

    id: int
    name: str
    folded: str
    inn: str
    kpp: str
    code: str


class ClientDirectory:
    """Clients as they were found, remembered until ``forget``; ``prepare`` finds those of many rows at once."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._marker = audit.change_marker()
        self._by_id: dict[int, ClientRef] = {}
        self._by_inn: dict[str, list[ClientRef]] = {}
        self._by_code: dict[str, list[ClientRef]] = {}
        self._by_name: dict[str, list[ClientRef]] = {}
        self._found: dict[tuple[str, str], ClientRef] = {}
        self._all_names = False
        self._told: set[int] = set()
        """Clients as somebody said that they would be: that may not have come to pass."""

    def forget(self) -> None:
        """Somebody else has written: what was changed is read again, of many clients when they are next asked for."""
        marker = audit.change_marker()
        changed = self._told.union(audit.records_changed_since(self._marker, "client", _AT_ONCE))
        if len(changed) > _AT_ONCE:
            self._begin()
            return
        self._marker, self._told = marker, set()
        there = {found[0]: found for found in stored_rows(Client, _COLUMNS, "id", changed)}
        for client_id in changed:
            self._replace(client_id, _client_ref(*there[client_id]) if client_id in there else None)

    def prepare(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read what is needed to find the clients of these pairs of INN and name or code (either may be empty)."""
        unknown = {pair for pair in wanted if pair not in self._found}
        self._read(Client.inn, self._by_inn, {inn for inn, _text in unknown if inn})
        texts = {text for _inn, text in unknown if text}
        self._read(Client.external_code, self._by_code, texts)
        if not self._all_names:
            self._read_names({fold(text) for text in texts})

    def find(self, inn: str, text: str, field: str = "client") -> ClientRef:
        """The one client of an INN, else of a code, else of a name, whatever of these is given.

        Raises ``RuleBroken`` for ``field`` when there is none, or more than one.
        """
        found = self._found.get((inn, text))
        if found is None:
            if (inn and inn not in self._by_inn) or (text and text not in self._by_code):
                self.prepare([(inn, text)])
            found = self._found[inn, text] = self._only(self._candidates(inn, text), inn, text, field)
        return found

    def with_id(self, client_id: int) -> ClientRef:
        """The client of an id."""
        if client_id not in self._by_id:
            for found in tuples(_refs().where(Client.id == client_id)):
                self._ref(*found)
        return self._by_id[client_id]

    def having(self, *, inn: str = "", code: str = "", name: str = "") -> list[ClientRef]:
        """All clients of an INN, of a code, or of a name; give one of them."""
        if inn:
            self._read(Client.inn, self._by_inn, {inn})
            return self._by_inn[inn]
        if code:
            self._read(Client.external_code, self._by_code, {code})
            return self._by_code[code]
        self._read_names({fold(name)})
        return self._by_name.get(fold(name), [])

    def remember(self, ref: ClientRef) -> None:
        """Know a client that was just written, instead of what was known of it."""
        self._told.add(ref.id)
        self._replace(ref.id, ref)

    def _replace(self, client_id: int, ref: ClientRef | None) -> None:
        old = self._by_id.pop(client_id, None)
        for known, old_key, key in (
            (self._by_inn, old and old.inn, ref and ref.inn),
            (self._by_code, old and old.code, ref and ref.code),
            (self._by_name, old and old.folded, ref and ref.folded),
        ):
            if old is not None and old in known.get(old_key or "", ()):
                known[old_key or ""].remove(old)
            if ref is not None and key and (key in known or (self._all_names and known is self._by_name)):
                known.setdefault(key, []).append(ref)
        if ref is not None:
            self._by_id[client_id] = ref
        self._found = {}

    def _candidates(self, inn: str, text: str) -> list[ClientRef]:
        named = self._by_name.get(fold(text), []) if text else []
        if inn and (of_inn := self._by_inn[inn]):
            branches = [ref for ref in of_inn if ref in named]
            return branches if len(of_inn) > 1 and branches else of_inn
        if text and (of_code := self._by_code[text]):
            return of_code
        return [ref for ref in named if not (inn and ref.inn)]

    @staticmethod
    def _only(found: list[ClientRef], inn: str, text: str, field: str) -> ClientRef:
        if len(found) == 1:
            return found[0]
        called = ", ".join(filter(None, (text, inn and _("INN {inn}").format(inn=inn))))
        if not found:
            raise RuleBroken(
                field,
                _("There is no client “{name}”.").format(name=called),
                _("Import the clients first, or correct the name or the INN."),
            )
        raise RuleBroken(
            field,
            _("Several clients are “{name}”: {clients}.").format(
                name=called, clients=", ".join(f"{ref.name} (#{ref.id})" for ref in found[:5])
            ),
            _("Give the INN, or the client's own code."),
        )

    def _read(self, column: Any, known: dict[str, list[ClientRef]], keys: set[str]) -> None:
        new = [key for key in keys if key not in known]
        for some in chunked(new, _AT_ONCE):
            known.update((key, []) for key in some)
            for found in stored_rows(Client, _COLUMNS, column.column_name, some):
                ref = self._ref(*found)
                known[ref.inn if column is Client.inn else ref.code].append(ref)

    def _read_names(self, folded: set[str]) -> None:
        if self._all_names:
            return
        new = {name for name in folded if name not in self._by_name}
        if not new:
            return
        if len(self._by_name) + len(new) > _NAMES_ONE_BY_ONE:
            self._by_name, self._all_names = {}, True
            columns = ", ".join(_COLUMNS)
            self._remembered(database.execute_sql(f"SELECT {columns} FROM client"))
            return
        lookup = LOOKUPS["client"]
        for name in new:
            self._by_name[name] = []
            if name:
                match = fragment_match("client", f"^{name}$")
                ids = lookup.select(lookup.rowid).where(match)
                self._remembered(tuples(_refs().where(Client.id.in_(ids))), only=name)

    def _remembered(self, rows: Iterable[tuple[Any, ...]], only: str | None = None) -> None:
        for found in rows:
            ref = self._ref(*found)
            if only is None or ref.folded == only:
                self._by_name.setdefault(ref.folded, []).append(ref)

    def _ref(self, client_id: int, name: str, inn: str, kpp: str, code: str) -> ClientRef:
        ref = self._by_id.get(client_id)
        if ref is None:
            ref = self._by_id[client_id] = _client_ref(client_id, name, inn, kpp, code)
        return ref


def _client_ref(client_id: int, name: str, inn: str, kpp: str, code: str) -> ClientRef:
    return ClientRef(client_id, name, fold(name), inn, kpp, code)


def _refs() -> Any:
    return Client.select(Client.id, Client.name, Client.inn, Client.kpp, Client.external_code)
