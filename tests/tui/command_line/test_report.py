"""``turbofly report``: what scripts rely on."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from models.reports.catalogue import REPORTS as REGISTERED
from tests.models.sales.worlds import an_issued
from tests.tui.command_line.conftest import Turbofly
from tests.tui.command_line.test_contacts import acting
from tui.command_line.report import REPORTS


def test_the_command_knows_every_report() -> None:
    assert tuple(REGISTERED) == REPORTS


def test_without_a_name_it_lists_the_reports(turbofly: Turbofly, company: Path) -> None:
    ran = turbofly("report")
    assert (ran.code, ran.err) == (0, "")
    assert "Candidates that became clients" in ran.out
    assert json.loads(turbofly("report", "--json").out)[0] == {
        "name": "candidates", "title": "Candidates that became clients", "by": ["month", "source", "responsible"]
    }  # fmt: skip


def test_rows_as_a_table_with_totals_and_as_json(turbofly: Turbofly, company: Path) -> None:
    table = turbofly("report", "candidates", "--by", "source").out.splitlines()
    assert table[0].split("  ")[0] == "Source"
    assert table[-1].split() == ["Total", "2", "0", "0"]
    assert json.loads(turbofly("report", "candidates", "--by", "source", "--json").out) == [
        {"source": None, "entered": 2, "became": 0, "conversion": 0.0, "median_days": None}
    ]


def test_a_period_without_candidates_has_no_rows(turbofly: Turbofly, company: Path) -> None:
    ran = turbofly("report", "candidates", "--from", "2001", "--to", "2001-12", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("profits",), "candidates"),
        (("candidates", "--by", "vendor"), "month, source, responsible"),
        (("candidates", "--from", "yesterweek"), "yesterweek"),
        (("candidates", "--from", "2026-02", "--to", "2026-01"), "ends before it begins"),
    ],
)
def test_wrong_usage_says_what_is_wrong(
    turbofly: Turbofly, company: Path, arguments: tuple[str, ...], reason: str
) -> None:
    ran = turbofly("report", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err


def test_a_report_is_narrowed_and_compared(turbofly: Turbofly, company: Path) -> None:
    month = ("--from", "2026-10", "--to", "2026-10")
    lines = json.loads(turbofly("report", "funnel", *month, "--compare", "--json").out)
    assert [line["stage"] for line in lines][-2:] == ["Won", "Lost"]
    assert {line["deals_before"] for line in lines} == {0}
    assert "Stage" in turbofly("report", "funnel", "--where", "operator=anna").out
    for wrong in (("--where", "operator"), ("--where", "operator=nobody"), ("--compare",)):
        assert turbofly("report", "funnel", *wrong).code == 2


def test_receivables_are_those_of_one_day(turbofly: Turbofly, company: Path) -> None:
    with acting(company) as anna:
        given = {"client": 1, "date": dt.date(2026, 1, 10), "due": dt.date(2026, 1, 20)}
        an_issued(anna, "invoice", [{"description": "work", "price": Decimal(100)}], **given)
    (row,) = json.loads(turbofly("report", "receivables", "--to", "2026-02-01", "--json").out)
    assert row == {
        "client": "ООО «Ромашка»", "owes": 0.0, "since": None, "unpaid": 100.0, "not_due": 0.0, "to_30": 100.0,
        "to_60": 0.0, "to_90": 0.0, "over_90": 0.0, "days": 12,
    }  # fmt: skip
    assert json.loads(turbofly("report", "receivables", "--where", "client=АО «Лютик»", "--json").out) == []
    assert turbofly("report", "receivables", "--from", "2026-01").code == 2
