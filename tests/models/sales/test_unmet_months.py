"""The months of unmet demand are those of the operator's time zone, at either side of Greenwich."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from models.clock import local
from models.sales.actions_answers import decline_document
from models.sales.tables import UnmetDemand
from models.sales.unmet_queries import UnmetSelection, unmet_behind, unmet_demand
from models.writing import Actor
from tests.models.sales.worlds import a_quote_of_four

MOMENTS = (
    dt.datetime(2026, 2, 28, 22, 30),
    dt.datetime(2026, 3, 1, 3, 0),
    dt.datetime(2026, 3, 15, 12, 0),
    dt.datetime(2026, 3, 31, 21, 0, 0, 5),
)


@pytest.fixture(params=["UTC", "Europe/Moscow", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The operator's time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_each_entry_counts_in_the_month_of_the_operators_day(director: Actor, zone: str) -> None:
    quote, _lines = a_quote_of_four(director)
    decline_document(director, quote)
    for entry, moment in zip(UnmetDemand.select().order_by(UnmetDemand.id), MOMENTS, strict=True):
        UnmetDemand.update(moment=moment).where(UnmetDemand.id == entry.id).execute()
    months = [f"{local(moment):%Y-%m}" for moment in MOMENTS]
    found = {row.key: row.count for row in unmet_demand("month")}
    assert found == {month: months.count(month) for month in sorted(months)}
    for month, count in found.items():
        behind = unmet_behind(UnmetSelection(), "month", month)
        assert UnmetDemand.select().where(behind).count() == count
