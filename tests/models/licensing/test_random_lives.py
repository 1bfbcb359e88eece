"""Random lives of licences and keys, day after day: what has to hold holds after every step, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from models.audit import change_marker, rows_changed_behind
from models.clock import today
from models.errors import RuleBroken
from models.keys.actions import edit_key
from models.keys.lending import lend_key, mark_key, take_key_back
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import KEY_STATES, OURS
from models.licensing import checks, life
from models.licensing.actions import edit_licence
from models.licensing.exchange import REPLACEMENT_CAUSES, replace_key, transfer_key
from models.licensing.history import life_values, taken_back
from models.licensing.pools import add_codes, give_back_codes, take_codes
from models.licensing.tables import Licence, LicenceEvent
from models.licensing.transitions import lacks_key
from models.licensing.upgrades import supersede_licence
from models.licensing.vocabulary import LICENCE_STATES
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.licensing.worlds import on_a_key
from tests.models.random_lives import RandomLife, live, short_and_long
from tests.models.worlds import a_client, a_key, a_licence, a_product

_PICK = st.integers(0, 10_000)
_FIRST = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


class Shop(RandomLife):
    """A dealer's keys and licences, with whom operators do whatever comes to mind; refusals are fine."""

    def __init__(self) -> None:
        super().__init__()
        self.time = time_machine.travel(_FIRST, tick=False)
        self.clock = self.time.start()
        self.clients = [a_client(self.by, f"Client {n}") for n in range(3)]
        self.products = [
            on_a_key(self.by, "KEY", returnable=True),
            on_a_key(self.by, "ACT", term_from="activation"),
            a_product(self.by, "FREE", term_months=12, protection_method="activation_code"),
        ]
        keys = [a_key(self.by, f"K-{n}", owner=client) for n, client in enumerate([*self.clients, None, None])]
        for n in range(6):
            self._add_licence(f"L-{n}", self.clients[n % 3], self.products[n % 3], keys[n % 3])
        add_codes(self.by, self.products[2], [f"C-{n}" for n in range(5)])
        self.numbers = 10
        self.licences: dict[dt.date, dict[int, dict[str, Any]]] = {}
        self.owners: dict[dt.date, dict[int, int | None]] = {}
        self.morning = change_marker()

    def teardown(self) -> None:
        ours = ("licence", "key", "vendor_code", "reminder")
        assert [one for one in rows_changed_behind() if one.place.startswith(ours)] == []
        self.time.stop()

    def _add_licence(self, number: str, client: int, product: int, key: int | None, kind: str = "new") -> int:
        return a_licence(self.by, number, client, product, key=key, issued=today(), kind=kind)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RuleBroken:
            return

    def _one(self, table: Any, pick: int) -> int:
        ids = [row.id for row in table.select(table.id).order_by(table.id)]
        return int(ids[pick % len(ids)])

    def _licence(self, pick: int) -> int:
        return self._one(Licence, pick)

    def _key(self, pick: int) -> int:
        return self._one(ProtectionKey, pick)

    @rule(days=st.integers(1, 40))
    def next_day(self, days: int) -> None:
        self.licences[today()] = {row.id: life_values(row) for row in Licence.select()}
        self.owners[today()] = {row.id: row.owner_id for row in ProtectionKey.select()}
        self.clock.shift(dt.timedelta(days=days))
        self.morning = change_marker()

    @rule(pick=_PICK, step=st.sampled_from(["activate", "suspend", "reinstate", "revoke", "return"]))
    def step(self, pick: int, step: str) -> None:
        steps: dict[str, Callable[..., object]] = {
            "activate": life.activate_licence, "suspend": life.suspend_licence, "return": life.return_licence,
            "reinstate": life.reinstate_licence, "revoke": life.revoke_licence,
        }  # fmt: skip
        self._try(lambda: steps[step](self.by, self._licence(pick), today(), "a reason"))

    @rule(pick=_PICK, months=st.integers(1, 24), maintenance=st.booleans())
    def renew(self, pick: int, months: int, maintenance: bool) -> None:
        lengths = {"maintenance" if maintenance else "expires": months}
        self._try(lambda: life.renew_licence(self.by, self._licence(pick), today(), **lengths))  # type: ignore[arg-type]

    @rule(pick=_PICK, seats=st.integers(0, 5))
    def seats(self, pick: int, seats: int) -> None:
        self._try(lambda: life.set_seats(self.by, self._licence(pick), seats, today()))

    @rule(pick=_PICK, client=st.integers(0, 2), user=st.integers(0, 2), named=st.booleans())
    def transfer(self, pick: int, client: int, user: int, named: bool) -> None:
        end_user = self.clients[user] if named else None
        act = lambda: life.transfer_licence(  # noqa: E731
            self.by, self._licence(pick), self.clients[client], today(), end_user=end_user
        )
        self._try(act)

    @rule(pick=_PICK, key=_PICK, off=st.integers(0, 5), reason=st.sampled_from(["", "they share it"]))
    def move(self, pick: int, key: int, off: int, reason: str) -> None:
        to = None if off == 0 else self._key(key)
        self._try(lambda: life.move_licence(self.by, self._licence(pick), to, today(), reason))

    @rule(client=st.integers(0, 2), product=st.integers(0, 2), key=_PICK, kind=st.sampled_from(["new", "upgrade"]))
    def licence(self, client: int, product: int, key: int, kind: str) -> None:
        self.numbers += 1
        on = self._key(key) if key % 4 else None
        self._try(
            lambda: self._add_licence(f"L-{self.numbers}", self.clients[client], self.products[product], on, kind)
        )

    @rule(old=_PICK, new=_PICK)
    def supersede(self, old: int, new: int) -> None:
        self._try(lambda: supersede_licence(self.by, self._licence(old), self._licence(new), today()))

    @rule(pick=_PICK, state=st.sampled_from(sorted(LICENCE_STATES)), seats=st.integers(1, 9), key=_PICK)
    def correct(self, pick: int, state: str, seats: int, key: int) -> None:
        licence = Licence.get_by_id(self._licence(pick))
        values = {"state": state, "seats": seats, "key": None if key % 3 else self._key(key), "note": f"{pick}"}
        self._try(lambda: edit_licence(self.by, licence.id, licence.version, values))

    @rule(client=st.integers(0, 3))
    def key(self, client: int) -> None:
        self.numbers += 1
        a_key(self.by, f"K-{self.numbers}", owner=self.clients[client] if client < 3 else None)

    @rule(pick=_PICK, state=st.sampled_from(sorted(KEY_STATES)), client=st.integers(0, 3))
    def edit_a_key(self, pick: int, state: str, client: int) -> None:
        key = ProtectionKey.get_by_id(self._key(pick))
        values = {"state": state, "owner": self.clients[client] if client < 3 else None}
        self._try(lambda: edit_key(self.by, key.id, key.version, values))

    @rule(old=_PICK, new=_PICK, cause=st.sampled_from(sorted(REPLACEMENT_CAUSES)), due=st.booleans())
    def replace(self, old: int, new: int, cause: str, due: bool) -> None:
        back = today() + dt.timedelta(days=7) if due else None
        self._try(lambda: replace_key(self.by, self._key(old), self._key(new), cause, today(), "", back))

    @rule(pick=_PICK, client=st.integers(0, 2))
    def give_to_another(self, pick: int, client: int) -> None:
        self._try(lambda: transfer_key(self.by, self._key(pick), self.clients[client], today()))

    @rule(pick=_PICK, client=st.integers(0, 2))
    def lend(self, pick: int, client: int) -> None:
        due = today() + dt.timedelta(days=14)
        self._try(lambda: lend_key(self.by, self._key(pick), self.clients[client], due, today()))

    @rule(pick=_PICK, state=st.sampled_from(["in_stock", "broken"]))
    def take_back_key(self, pick: int, state: str) -> None:
        self._try(lambda: take_key_back(self.by, self._key(pick), today(), state))

    @rule(pick=_PICK, state=st.sampled_from(sorted(KEY_STATES)))
    def mark(self, pick: int, state: str) -> None:
        self._try(lambda: mark_key(self.by, self._key(pick), state, today()))

    @rule(pick=_PICK, back=st.booleans())
    def code(self, pick: int, back: bool) -> None:
        licence = self._licence(pick)
        if back:
            give_back_codes(self.by, licences=[licence])
        else:
            self._try(lambda: take_codes(self.by, self.products[2], 1, [licence]))

    @rule()
    def take_back(self) -> None:
        change = last_change(self.by)
        if change is not None and change > self.morning:
            self._try(lambda: undo(self.by, change))

    @invariant()
    def licences_and_keys_are_what_their_history_tells(self) -> None:
        found = [*checks.lives(), *checks.movements(), *checks.owners(), *checks.codes()]
        assert found == []

    @invariant()
    def a_key_has_one_owner_or_is_ours(self) -> None:
        for key in ProtectionKey.select():
            assert key.owner_id is None or key.state not in OURS
            assert key.owner_id is not None or key.state not in ("issued", "lent")

    @invariant()
    def nothing_is_active_without_the_key_that_it_needs(self) -> None:
        for licence in Licence.select():
            assert not lacks_key(licence.product, licence.__data__), licence.number

    @invariant()
    def every_past_day_is_told_as_it_was(self) -> None:
        there = {row.id: row for row in Licence.select()}
        for day, remembered in self.licences.items():
            later = LicenceEvent.select().where(LicenceEvent.day > day).order_by(LicenceEvent.id.desc())
            events: dict[int, list[LicenceEvent]] = {}
            for event in later:
                events.setdefault(event.licence_id, []).append(event)
            for licence, values in remembered.items():
                assert taken_back(life_values(there[licence]), events.get(licence, [])) == values
        for day, whose in self.owners.items():
            last: dict[int, int | None] = {}
            for movement in KeyMovement.select().where(KeyMovement.day <= day).order_by(KeyMovement.id):
                last[movement.key_id] = movement.to_client_id
            assert last == whose


@short_and_long
def test_whatever_becomes_of_licences_and_keys_their_history_tells_it(director: Actor, size: str) -> None:
    live(Shop, director, size)
