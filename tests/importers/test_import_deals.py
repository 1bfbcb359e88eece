"""Deals of a public CRM sample, all 8,800, from the file to the funnel's report."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from importers.tables import ImportReport, import_table
from models import audit
from models.base import tuples
from models.catalogue.tables import Product
from models.company.tables import Operator
from models.sales.funnel_queries import Selection, funnel_of
from models.sales.importing import DealIntake
from models.sales.tables import Deal, Stage, StageChange
from models.text import fold
from models.writing import Actor

CRM = "crm-opportunities"


def imported(by: Actor, samples: Path) -> ImportReport:
    """The accounts, products and opportunities of the sample."""
    import_table("clients", samples / CRM / "accounts.csv", by)
    import_table("products", samples / CRM / "products.csv", by)
    return import_table("deals", samples / CRM / "sales_pipeline.csv", by)


def of_the_file(samples: Path) -> list[dict[str, str]]:
    with (samples / CRM / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.proof
def test_the_funnel_counts_what_the_file_holds(director: Actor, samples: Path) -> None:
    report = imported(director, samples)
    assert (report.read, report.added, report.rejected) == (8800, 8800, 0)
    counted = funnel_of(Selection())
    by_code = {Stage.get_by_id(of.stage.id).code: of for of in counted.stages}
    standing = {code: of.standing.count for code, of in by_code.items() if of.standing.count}
    assert standing == {"won": 4238, "lost": 2473, "engaging": 1589, "prospecting": 500}
    assert counted.win_rate == Decimal("63.2")
    assert (by_code["engaging"].onward.count, by_code["engaging"].lost.count) == (4238, 2473)
    taken = [
        (day(row["close_date"]) - day(row["engage_date"])).days for row in of_the_file(samples) if row["close_date"]
    ]
    assert counted.median_days_to_close == Decimal(str(median(taken)))
    check_won_values(samples)
    check_again(director, samples)


def day(text: str) -> date:
    month, number, year = map(int, text.split("/"))
    return date(year, month, number)


def check_won_values(samples: Path) -> None:
    """Won value by agent and product is the sum over the file."""
    expected: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in of_the_file(samples):
        if row["deal_stage"] == "Won":
            expected[row["sales_agent"], fold(row["product"])] += Decimal(row["close_value"])
    query = (
        Deal.select(Operator.name, Product.name, Deal.expected_base)
        .join(Operator, on=(Operator.id == Deal.operator))
        .switch(Deal)
        .join(Product, on=(Product.id == Deal.product))
        .where(Deal.state == "won")
    )
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for agent, product, value in tuples(query):
        found[agent, fold(product)] += value
    assert found == expected
    agents = Counter(row["sales_agent"] for row in of_the_file(samples))
    assert Operator.select().where(~Operator.active).count() == len(agents)


def check_again(by: Actor, samples: Path) -> None:
    """The same file again changes nothing, and the trail is whole."""
    head = audit.head()
    again = import_table("deals", samples / CRM / "sales_pipeline.csv", by)
    assert (again.added, again.changed, again.unchanged, again.rejected) == (0, 0, 8800, 0)
    assert audit.head() == head
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []


Write = Callable[[str], Path]


@pytest.fixture
def a_file(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "deals.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_russian_headings_and_stages_are_read(director: Actor, a_file: Write) -> None:
    path = a_file(
        "Номер сделки;Название;Стадия;Дата открытия;Дата закрытия;Сумма;Менеджер\n"
        "17;Лицензии;КП отправлено;01.10.2026;;125 000,50;anna\n"
        "18;Ключи;Закрыто и не реализовано;01.09.2026;05.09.2026;;anna\n"
    )
    report = import_table("deals", path, director)
    assert (report.added, report.errors) == (2, [])
    sent, lost = Deal.select().order_by(Deal.id)
    assert (sent.number, sent.external_number, sent.title) == ("D-000001", "17", "Лицензии")
    assert (Stage.get_by_id(sent.stage_id).code, sent.expected, sent.operator_id) == (
        "quoted", Decimal("125000.50"), director.operator_id
    )  # fmt: skip
    assert (lost.state, lost.expected, str(lost.closed)) == ("lost", None, "2026-09-05")
    changes = StageChange.select().where(StageChange.deal == lost.id).order_by(StageChange.id)
    assert [(one.before_id is None, str(one.day), one.days) for one in changes] == [
        (True, "2026-09-01", None), (False, "2026-09-05", 4)
    ]  # fmt: skip


def test_a_row_that_names_nothing_we_know_is_refused(director: Actor, a_file: Write) -> None:
    path = a_file(
        "number,stage,client,product,operator,close date,engage date\n"
        "1,Dreaming,,,,,\n2,Won,Nobody,,,,\n3,Won,,Nothing,,,\n4,,,,,,\n5,Won,,,,2026-01-01,2026-01-02\n,Won,,,,,\n"
    )
    report = import_table("deals", path, director)
    assert (report.added, report.rejected) == (0, 6)
    reasons = [error.reason for error in report.errors]
    assert "There is no stage “Dreaming”." in reasons[0] and "Prospecting, Engaging, Quote sent" in reasons[0]
    assert [error.field for error in report.errors] == [
        "stage", "client", "product", "stage", "close date", "number"
    ]  # fmt: skip


def test_an_agent_who_is_gone_takes_a_director_to_be_made(director: Actor, a_file: Write) -> None:
    path = a_file("number,stage,operator\n1,Won,Moses Frase\n2,Won,Moses Frase\n3,Lost,Фёдор Ким\n")
    seller = Actor("boris", "Boris", director.operator_id, director.permissions - {"administer"}, "test")
    assert import_table("deals", path, seller).rejected == 3
    assert import_table("deals", path, director, dry_run=True).added == 3
    assert Operator.select().count() == 1
    assert import_table("deals", path, director).added == 3
    made = Operator.select().where(~Operator.active).order_by(Operator.id)
    assert [(one.login, one.name, one.roles) for one in made] == [
        ("moses.frase", "Moses Frase", "sales"), ("agent", "Фёдор Ким", "sales")
    ]  # fmt: skip
    assert import_table("deals", path, seller).unchanged == 3


def test_an_agent_is_made_once_also_when_his_deals_come_in_several_batches(
    director: Actor, a_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DealIntake, "rows_at_once", 2)
    rows = "".join(f"{number},Won,{name}\n" for number, name in enumerate(("Moses Frase", "Фёдор Ким") * 4, 1))
    assert import_table("deals", a_file("number,stage,operator\n" + rows), director).added == 8
    assert sorted(one.login for one in Operator.select().where(~Operator.active)) == ["agent", "moses.frase"]
    query = Deal.select(Operator.name).join(Operator, on=(Operator.id == Deal.operator)).distinct()
    assert sorted(name for (name,) in tuples(query)) == ["Moses Frase", "Фёдор Ким"]


def test_what_the_file_says_otherwise_is_followed(director: Actor, a_file: Write) -> None:
    head = "number,stage,value,opened,closed,note\n"
    import_table("deals", a_file(head + "1,Engaging,100,2026-09-01,,\n2,Won,50,2026-09-01,2026-09-10,\n"), director)
    later = head + "1,Won,120,2026-09-01,2026-09-21,signed\n2,Won,50,2026-09-02,2026-09-12,\n"
    assert import_table("deals", a_file(later), director).changed == 2
    first, second = Deal.select().order_by(Deal.id)
    assert (first.state, first.expected, first.note, str(first.closed)) == ("won", 120, "signed", "2026-09-21")
    assert (str(second.opened), str(second.closed)) == ("2026-09-02", "2026-09-12")
    days = [one.days for one in StageChange.select().order_by(StageChange.deal, StageChange.id)]
    assert days == [None, 20, None, 10]
    assert import_table("deals", a_file(later), director).unchanged == 2
    assert import_table("deals", a_file(head + "1,,,,,\n"), director).unchanged == 1


def test_our_own_numbers_are_kept_and_not_given_again(director: Actor, a_file: Write) -> None:
    import_table("deals", a_file("number,stage,external number\nD-000007,Engaging,X-1\n"), director)
    import_table("deals", a_file("number,stage\nX-2,Engaging\n"), director)
    assert [(deal.number, deal.external_number) for deal in Deal.select().order_by(Deal.id)] == [
        ("D-000007", "X-1"), ("D-000008", "X-2")
    ]  # fmt: skip
    assert import_table("deals", a_file("number,stage\nX-1,Engaging\nD-000008,Engaging\n"), director).unchanged == 2
