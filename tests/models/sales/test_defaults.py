"""What sales begin with: stages and rates are there from the founding on, also in a database of an older program."""

from __future__ import annotations

import pytest

from models import opening
from models.audit import broken_links, rows_changed_behind
from models.base import database
from models.database import DatabaseURL
from models.sales.tables import Stage, VatRate
from models.sales.vat import RUSSIAN_RATES
from models.sales.vocabulary import STAGE_DEFAULTS
from models.writing import Actor


def test_a_new_company_has_its_stages_in_order(director: Actor) -> None:
    stages = [(stage.code, stage.kind, stage.probability) for stage in Stage.select().order_by(Stage.position)]
    assert stages == [(stage.code, stage.kind, stage.probability) for stage in STAGE_DEFAULTS]


def test_a_database_of_an_older_program_gets_them_when_it_is_migrated(
    database_url: DatabaseURL, director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table in ("stage", "vat_rate"):
        database.execute_sql(f"DELETE FROM {table}")
        database.execute_sql(f"DELETE FROM audit WHERE kind = '{table}'")
    monkeypatch.setattr(opening, "pending", lambda: True)
    monkeypatch.setattr(
        opening, "migrate", lambda *_args, **_more: opening.Migrated("0010_timeline", "0021_sales_lookup", None)
    )
    for _again in range(2):
        opening.close_database()
        opening.open_database(database_url)
        assert (Stage.select().count(), VatRate.select().count()) == (len(STAGE_DEFAULTS), len(RUSSIAN_RATES))
    assert [problem.place for problem in rows_changed_behind()] == []
    assert all(problem.code == "audit-gap" for problem in broken_links())
