"""Lists over tables: pages, counts and positions agree under every sort and filter."""

import datetime as dt
import random

import pytest

from models.clients.actions import edit_client
from models.clients.lists import CLIENTS
from models.clients.tables import Client
from models.errors import RuleBroken
from models.keys.lists import KEYS
from models.licensing.lists import LICENCES
from models.listing import Sort
from models.lists import LISTS, list_named
from models.table_listing import ListDefinition, TableListing
from models.writing import Actor, Change, get, in_transaction
from tests.models.worlds import a_client, a_key, a_licence, a_product

SIZE = 40


def _world(change: Change) -> None:
    dice = random.Random(7)
    clients = [a_client(change, f"ООО «{name}»") for name in ("Ромашка", "вектор", "Ёлка", "Альфа-2", "альфа-1")]
    product = a_product(change)
    keys = [a_key(change, f"{n:04X}", owner=dice.choice([*clients, None])) for n in range(SIZE)]
    for number in range(SIZE):
        expires = dice.choice([None, dt.date(2027, 1, 1) + dt.timedelta(days=dice.randrange(3))])
        a_licence(
            change, f"L-{number:03}", dice.choice(clients), product, key=dice.choice([*keys, None]), expires=expires
        )


@pytest.fixture
def a_world(director: Actor) -> Actor:
    in_transaction(director, "test", _world)
    return director


@pytest.mark.parametrize("definition", [KEYS, LICENCES, CLIENTS], ids=lambda definition: definition.kind)
def test_pages_and_positions_agree_under_every_sort(a_world: Actor, definition: ListDefinition) -> None:
    for column in definition.columns:
        if column.column.sort != "none":
            for descending in (False, True):
                _pages_and_positions_agree(TableListing.of(definition).with_sort(Sort(column.column.id, descending)))


def _pages_and_positions_agree(listing: TableListing) -> None:
    whole = [row.id for row in listing.page(0, 1000)]
    count = listing.count()
    assert len(whole) == count == listing.definition.table.select().count()
    for offset in range(0, count, 7):
        assert [row.id for row in listing.page(offset, 9)] == whole[offset : offset + 9]
    assert [row.id for row in listing.page(-5, 5)] == whole[-5:]
    assert [listing.position_of(record) for record in whole] == list(range(count))


def test_a_filter_finds_words_and_fields_in_both_languages(a_world: Actor) -> None:
    keys = TableListing.of(KEYS)
    issued = keys.with_filter("state:issued").count()
    assert 0 < issued < SIZE
    assert keys.with_filter("-state:issued").count() == SIZE - issued
    assert keys.with_filter("owner:none").count() == SIZE - issued
    assert keys.with_filter("ромашка").count() == keys.with_filter("owner:ромашка").count() > 0
    assert keys.with_filter("000a").count() == 1


def test_a_filter_by_days_takes_periods(a_world: Actor) -> None:
    licences = TableListing.of(LICENCES)
    ending = licences.with_filter("expires:2027").count()
    assert ending == sum(licences.with_filter(f"expires:2027-01-0{day}").count() for day in (1, 2, 3)) > 0
    assert licences.with_filter("expires:none").count() == SIZE - ending
    assert licences.with_filter("expires>2027-01-02").count() == licences.with_filter("expires:2027-01-03").count()


def test_a_broken_filter_says_what_is_wrong(a_world: Actor) -> None:
    with pytest.raises(RuleBroken, match="burnt"):
        TableListing.of(KEYS).with_filter("state:burnt")


def test_a_renamed_client_moves_to_its_new_place(a_world: Actor) -> None:
    listing = TableListing.of(CLIENTS)
    first = listing.page(0, 1)[0]
    edit_client(a_world, first.id, get(Client, first.id).version, {"name": "Яхта"})
    assert listing.position_of(first.id) == Client.select().count() - 1


@pytest.mark.parametrize("name", list(LISTS))
def test_every_list_has_pages_and_fits_its_columns(a_world: Actor, name: str) -> None:
    listing = list_named(name)
    for row in listing.page(0, 50):
        assert len(row.cells) == len(listing.columns)


def test_words_filter_lists_without_a_look_up_table_too(a_world: Actor) -> None:
    a_world_of = list_named("instances")
    number = a_world_of.page(0, 1)[0].cells[0]
    assert [row.cells[0] for row in a_world_of.with_filter(f"{number}").page(0, 9)] == [number]
    assert a_world_of.with_filter("ромашка").count() == a_world_of.with_filter("client:ромашка").count() > 0
    assert a_world_of.with_filter("nosuchword").count() == 0
    assert a_world_of.with_filter("-nosuchword").count() == a_world_of.count()
    assert list_named("operators").with_filter("ann").count() == 1


@pytest.mark.parametrize("text", ["issued:0000", "issued:9999", "issued:2026-13", "issued:..0000"])
def test_a_year_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        list_named("licences").with_filter(text)
