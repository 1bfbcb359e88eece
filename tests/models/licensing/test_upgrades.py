"""Upgrades: the older licence ends when the newer one is issued, and the difference of prices is quoted."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine

from models.errors import RuleBroken
from models.licensing.upgrades import supersede_licence, upgrade_quote
from models.sales.families import lines_of
from models.sales.tables import Document
from models.writing import Actor, get
from tests.models.licensing.worlds import DAY, NOW, events, licence
from tests.models.worlds import a_client, a_licence, a_product


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_newer_licence_supersedes_the_older_one(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    old = a_licence(director, "7-1", client, product)
    new = a_licence(director, "7-2", client, product, kind="upgrade", issued=DAY)
    supersede_licence(director, old, new, DAY)
    assert (licence(old).state, licence(new).supersedes_id, events(old)) == ("superseded", old, ["upgrade"])


@pytest.mark.parametrize("kind", ["new", "transfer"])
def test_only_an_upgrade_or_a_renewal_supersedes(director: Actor, kind: str) -> None:
    client, product = a_client(director), a_product(director)
    old, new = (a_licence(director, number, client, product, kind=kind) for number in ("7-1", "7-2"))
    with pytest.raises(RuleBroken, match="neither"):
        supersede_licence(director, old, new, DAY)


def test_licences_do_not_supersede_each_other_in_a_circle(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    first, second, third = (
        a_licence(director, number, client, product, kind="upgrade") for number in ("7-1", "7-2", "7-3")
    )
    supersede_licence(director, first, second, DAY)
    supersede_licence(director, second, third, DAY)
    for old, new in ((third, first), (third, third), (second, second)):
        with pytest.raises(RuleBroken):
            supersede_licence(director, old, new, DAY)


@pytest.mark.parametrize(("old", "new", "asked"), [("1000", "1500.50", "500.50"), ("2000", "1500", "0")])
def test_an_upgrade_is_quoted_at_the_difference_of_prices_never_below_nothing(
    director: Actor, old: str, new: str, asked: str
) -> None:
    client = a_client(director)
    base, full = a_product(director, "A", price=Decimal(old)), a_product(director, "B", price=Decimal(new))
    quote = upgrade_quote(director, a_licence(director, "7-1", client, base, issued=dt.date(2026, 1, 1)), full)
    (line,) = lines_of([quote])
    document = get(Document, quote)
    assert (document.kind, document.state, document.client_id) == ("quote", "draft", client)
    assert (line.product_id, line.price, line.quantity) == (full, Decimal(asked), 1)
    assert "7-1" in line.description


def test_an_upgrade_without_prices_or_of_an_ended_licence_is_not_quoted(director: Actor) -> None:
    client = a_client(director)
    base, full = a_product(director, "A", price=Decimal(1)), a_product(director, "B")
    one = a_licence(director, "7-1", client, base)
    with pytest.raises(RuleBroken, match="no price"):
        upgrade_quote(director, one, full)
    with pytest.raises(RuleBroken, match="already"):
        upgrade_quote(director, one, base)
    ended = a_licence(director, "7-2", client, base, state="revoked")
    with pytest.raises(RuleBroken, match="revoked"):
        upgrade_quote(director, ended, full)
