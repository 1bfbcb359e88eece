"""Two records of one company become one, with all that hangs on them, and one again two."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from peewee import ForeignKeyField, TextField

from models import audit
from models.audit import AuditEntry
from models.base import DayField, MomentField, database, tuples
from models.clients.actions import add_client, add_person, client_values, edit_client
from models.clients.merging import merge_clients
from models.clients.status import became_client
from models.clients.tables import Address, Client, ClientTag, Interaction, Person, Phone, StatusChange
from models.clients.twins import about, links, read_twins
from models.errors import Conflict, NotFound, RuleBroken
from models.files.tables import AttachedFile
from models.keys.tables import KeyMovement, ProtectionKey
from models.kinds import KINDS, kinds_about
from models.licensing.actions import edit_licence
from models.licensing.tables import ItemInstance, Licence
from models.reminders.tables import Reminder
from models.search.queries import find
from models.undo import last_change, undo
from models.writing import Actor, Change, get, in_transaction
from tests.architecture.project import ROOT
from tests.models.worlds import a_client, a_key, a_licence, a_product

NOON = dt.datetime(2026, 11, 23, 12, 0)
VALUES: dict[str, Any] = {
    "inn": "7707083893", "kpp": "773601001", "website": "romashka.ru", "source": "fair", "note": "Calls often",
    "phones": ("+7 495 123-45-67", "+7 913 000-00-00"), "emails": ("info@romashka.ru",), "tags": ("vip", "CAD"),
    "legal_address": "Москва, Тверская, 1", "postal_address": "Тула, Ленина, 2",
    "bank_accounts": ("40702810900000000001 Банк",), "is_supplier": True, "external_code": "00-17",
}  # fmt: skip


@pytest.fixture
def survivor(director: Actor) -> int:
    """A candidate of whom little is known."""
    return add_client(
        director, {"name": "Ромашка", "phones": ("8 (495) 123-45-67",), "tags": ("cad",), "note": "Ask for Ivan"}
    )


@pytest.fixture
def other(director: Actor, survivor: int) -> int:
    """Its twin, with a row of every kind that points to clients."""
    client = add_client(director, {"name": "ООО «Ромашка»", **VALUES})
    person = add_person(director, {"client": client, "name": "Иван", "phones": ("+7 495 765-43-21",)})
    third = a_client(director, "АО «Лютик»")
    product, key = a_product(director), a_key(director, owner=client, state="issued")
    a_licence(director, "LIC-1", client, product, key=key)
    a_licence(director, "LIC-2", third, product, end_user=client)
    a_licence(director, "LIC-3", client, product, end_user=client)

    def write(change: Change) -> None:
        mine = {"operator": director.operator_id, "about_kind": "client", "about_id": client}
        change.insert(Interaction(client=client, person=person, moment=NOON, subject="Asked for a price", **mine))
        change.insert(Reminder(due=NOON, wakes=NOON, text="Call again", **mine))
        change.insert(AttachedFile(name="offer.pdf", sha256="0" * 64, size=1, **mine))
        change.insert(
            KeyMovement(key=key, moment=NOON, kind="issue", to_client=client, about_kind="client", about_id=client)
        )
        change.insert(KeyMovement(key=key, moment=NOON, kind="return", from_client=client))
        became_client(change, client, NOON)

    in_transaction(director, "test", write)
    in_transaction(director, "test", lambda change: rows_of_further_areas(change, client))
    return client


def rows_of_further_areas(change: Change, client: int) -> None:
    """A row of every other kind that points to clients, whichever area it belongs to."""
    for table, columns in links():
        if not table.select().where(columns[0] == client).exists():
            change.insert(table(**{field.name: any_value(field, client) for field in table._meta.sorted_fields[4:]}))


def any_value(field: Any, client: int) -> Any:
    """The default, or something that the field takes."""
    if isinstance(field, ForeignKeyField):
        return client if field.rel_model is Client else None if field.null else 1
    if field.default is not None or field.null:
        return field.default
    if isinstance(field, MomentField | DayField):
        return NOON if isinstance(field, MomentField) else NOON.date()
    return "x" if isinstance(field, TextField) else 1


def content() -> dict[str, dict[int, tuple[Any, ...]]]:
    """All rows of all kinds, as the database keeps them; versions and moments of change go on."""
    whole = {}
    for kind in KINDS.values():
        created = dict(database.execute_sql(f'SELECT id, created FROM "{kind.table._meta.table_name}"').fetchall())
        whole[kind.name] = {
            row: (created[row], *sorted(values.items())) for row, _version, values in audit.raw_rows(kind.table)
        }
    return whole


def all_is_well() -> bool:
    return not [*audit.broken_links(), *audit.rows_changed_behind()]


def undo_last(director: Actor) -> None:
    change = last_change(director)
    assert change is not None
    undo(director, change)


def test_every_kind_that_points_to_clients_is_in_this_test(director: Actor, other: int) -> None:
    for table, columns in links():
        assert table.select().where(columns[0] == other).exists(), table
    for kind in kinds_about():
        assert kind.table.select().where(about(kind, other)).exists(), kind.name


def test_a_process_that_merges_knows_every_table_that_points_to_clients(director: Actor) -> None:
    program = (
        "import models.wiring; from models.clients.merging import links;"
        " print(*(t._meta.table_name for t, _c in links()))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    tables = set(database.get_tables())
    pointing = {t for t in tables if any(key.dest_table == "client" for key in database.get_foreign_keys(t))}
    assert set(ran.stdout.split()) == pointing


def test_everything_goes_over_and_the_other_is_gone(director: Actor, survivor: int, other: int) -> None:
    merge_clients(director, survivor, other)
    assert Client.get_or_none(Client.id == other) is None
    for table, columns in links():
        for column in columns:
            assert not table.select().where(column == other).exists(), (table, column)
    for kind in kinds_about():
        about = kind.table._meta.fields["about_id"]
        assert {row for (row,) in tuples(kind.table.select(about))} <= {survivor, None}
    assert Licence.select().where(Licence.client == survivor).count() == 2
    assert Licence.select().where(Licence.end_user == survivor).count() == 2
    assert ItemInstance.select().where(ItemInstance.client == survivor).exists()
    assert get(ProtectionKey, 1).owner_id == survivor
    assert all_is_well()


def test_what_both_have_stays_once_and_what_is_empty_is_filled(director: Actor, survivor: int, other: int) -> None:
    merge_clients(director, survivor, other)
    values = client_values(get(Client, survivor))
    assert values["name"] == "Ромашка"
    assert values["phones"] == ("8 (495) 123-45-67", "+7 913 000-00-00")
    assert values["tags"] == ("cad", "vip")
    assert values["emails"] == ("info@romashka.ru",)
    assert values["note"] == "Ask for Ivan\nCalls often"
    filled = ("inn", "kpp", "website", "source", "legal_address", "postal_address", "bank_accounts", "external_code")
    assert {name: values[name] for name in filled} == {name: VALUES[name] for name in filled}
    client = get(Client, survivor)
    assert (client.status, client.is_supplier, client.first_quote_at) == ("client", True, NOON)
    assert Person.get().client_id == survivor
    assert {row.client_id for row in Phone.select()} == {survivor}


@pytest.mark.parametrize("choices", [{}, {"name": "other", "legal_address": "other"}])
def test_undo_restores_every_row_of_every_table(
    director: Actor, survivor: int, other: int, choices: dict[str, str]
) -> None:
    edit_client(director, survivor, 1, {"legal_address": "Москва, Арбат, 1", "archived": True})
    before = content()
    merge_clients(director, survivor, other, choices)
    after = content()
    assert after != before
    undo_last(director)
    for kind, rows in content().items():
        assert rows == before[kind], kind
    assert all_is_well()
    undo(director, AuditEntry.select(AuditEntry.change_id).order_by(AuditEntry.seq.desc()).scalar())
    for kind, rows in content().items():
        assert rows == after[kind], kind
    assert all_is_well()


def test_whose_value_stays_can_be_chosen_and_the_former_address_is_kept(
    director: Actor, survivor: int, other: int
) -> None:
    own = {"inn": "7736050003", "ogrn": "1027700070518", "legal_address": "Москва, Арбат, 1", "website": "r.ru"}
    edit_client(director, survivor, 1, own)
    contested = [field.name for field in read_twins(survivor, other).contested()]
    assert contested == ["name", "inn", "website", "legal_address"]
    merge_clients(director, survivor, other, {"name": "other", "inn": "other", "legal_address": "other"})
    values = client_values(get(Client, survivor))
    assert (values["name"], values["website"]) == ("ООО «Ромашка»", "r.ru")
    assert get(Client, survivor).sort_name == "ромашка"
    assert values["legal_address"] == "Москва, Тверская, 1"
    former = Address.get(Address.kind == "former")
    assert (former.text, former.client_id) == ("Москва, Арбат, 1", survivor)
    assert (values["inn"], values["kpp"], values["ogrn"]) == ("7707083893", "773601001", "")


def test_what_goes_over_is_found_by_the_name_that_stayed(director: Actor, survivor: int, other: int) -> None:
    edit_client(director, survivor, 1, {"name": "Гортензия"})
    merge_clients(director, survivor, other)
    assert {(row.kind, row.title) for row in find("гортензия")} >= {
        ("licence", "LIC-1"), ("key", "0A1F-4433"), ("client", "Гортензия"), ("person", "Иван")
    }  # fmt: skip
    assert find("913 000-00-00")[0].id == survivor
    assert find("Ромашка") == []
    undo_last(director)
    assert {row.title for row in find("Ромашка", "licence")} == {"LIC-1", "LIC-3"}


def test_the_history_of_both_counts_for_the_status(director: Actor, survivor: int, other: int) -> None:
    merge_clients(director, survivor, other)
    rows = StatusChange.select().where(StatusChange.client == survivor)
    assert [(row.before, row.after, row.moment) for row in rows] == [("candidate", "client", NOON)]
    undo_last(director)
    merge_clients(director, other, survivor)
    rows = StatusChange.select().where(StatusChange.client == other).order_by(StatusChange.moment)
    first = (row.before, row.after) if (row := rows.where(StatusChange.before == "").first()) else None
    assert first == ("", "candidate"), "it has been a candidate since the first of the two was entered"


def test_a_client_from_the_first_day_makes_a_client_of_a_candidate(director: Actor, survivor: int) -> None:
    twin = add_client(director, {"name": "Ромашка 2", "status": "client"})
    merge_clients(director, survivor, twin)
    row = StatusChange.get()
    assert (row.client_id, row.before, row.after) == (survivor, "candidate", "client")
    assert get(Client, survivor).status == "client"


REFUSED: dict[str, Callable[[Actor, int, int], object]] = {
    "client #1 was changed since": lambda by, survivor, _other: edit_client(
        by, survivor, get(Client, survivor).version, {"source": "cold call"}
    ),
    "licence #1 was changed since": lambda by, _survivor, _other: edit_licence(by, 1, 2, {"note": "renewed"}),
    "licence #4 was put under the client since, by anna": lambda by, survivor, _other: a_licence(
        by, "LIC-4", survivor, 1
    ),
    "protection key #2 was put under": lambda by, survivor, _other: a_key(by, "0B", owner=survivor, state="issued"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_merge_on_which_others_have_built_is_not_undone(
    director: Actor, survivor: int, other: int, reason: str
) -> None:
    merge_clients(director, survivor, other)
    merged = last_change(director)
    assert merged is not None
    REFUSED[reason](director, survivor, other)
    before = content()
    with pytest.raises(RuleBroken, match=reason):
        undo(director, merged)
    assert content() == before
    undo_last(director)
    undo(director, merged)
    assert get(Client, other).name == "ООО «Ромашка»"


def test_two_that_others_changed_meanwhile_are_looked_at_again(director: Actor, survivor: int, other: int) -> None:
    twins = read_twins(survivor, other)
    edit_client(director, other, twins.versions[1], {"source": "cold call"})
    with pytest.raises(Conflict):
        merge_clients(director, survivor, other, {}, twins.versions)


def test_a_client_is_not_merged_with_itself_or_with_nobody(director: Actor, survivor: int) -> None:
    with pytest.raises(RuleBroken, match="itself"):
        merge_clients(director, survivor, survivor)
    with pytest.raises(NotFound):
        merge_clients(director, survivor, 99)


def test_what_moves_is_counted_by_kind(director: Actor, survivor: int, other: int) -> None:
    moves = dict(read_twins(survivor, other).moves)
    assert (moves["licence"], moves["protection key"], moves["phone"], moves["reminder"]) == (3, 1, 3, 1)
    assert moves["movement"] == 3


def test_a_tag_that_only_its_case_tells_apart_is_one(director: Actor, survivor: int, other: int) -> None:
    merge_clients(director, survivor, other)
    assert sorted(row.tag for row in ClientTag.select()) == ["cad", "vip"]
