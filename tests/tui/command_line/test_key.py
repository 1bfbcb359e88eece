"""``turbofly key``: whose key is this?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.command_line.conftest import Turbofly, changed_behind
from tui.command_line.key import JSON_COLUMNS
from tui.command_line.output import TableColumn, fitting


def test_the_json_has_exactly_the_columns_of_the_contract(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "LIC-0001", "--json")
    assert ran.code == 0
    assert json.loads(ran.out) == [
        {
            "kind": "licence",
            "number": "LIC-0001",
            "key": "0A1F-4433",
            "owner": "ООО «Ромашка»",
            "client": "ООО «Ромашка»",
            "product": "Гранд-Смета GRD-01",
            "product_code": "GRD-01",
            "licence_name": "Гранд-Смета GRD-01",
            "issued": "2026-10-01",
            "expires": None,
            "state": "active",
            "shipment": None,
            "instance": "I-000001",
        }
    ]
    assert tuple(json.loads(ran.out)[0]) == JSON_COLUMNS


@pytest.mark.parametrize("query", ["4433", "0a1f 4433", "0А1F-4433", "0A1F4433", "ромашка 4433"])
def test_case_spaces_hyphens_and_look_alikes_make_no_difference(company: Path, turbofly: Turbofly, query: str) -> None:
    found = json.loads(turbofly("key", *query.split(), "--json").out)
    assert {row["number"] for row in found} == {"0A1F-4433", "LIC-0001", "LIC-0002"}


def test_people_read_a_table(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "4433")
    heading, *rows = ran.out.splitlines()
    assert heading.split()[:4] == ["Kind", "Number", "Key", "Client"]
    assert len(rows) == 3 and all("ООО «Ромашка»" in row for row in rows)
    assert "\x1b" not in ran.out


def test_the_owner_of_a_key_is_told_where_he_is_not_the_client(company: Path, turbofly: Turbofly) -> None:
    changed_behind(company, "UPDATE protection_key SET owner_id = 2 WHERE id = 1")
    heading, *rows = turbofly("key", "LIC-0001").out.splitlines()
    assert "Owner" in heading
    assert "АО «Лютик»" in rows[0] and "ООО «Ромашка»" in rows[0]


CHAIN = TableColumn("Number", whole=True), TableColumn("Client"), TableColumn("Shipment", whole=True, priority=2)


def test_people_read_the_shipment_and_the_instance_too(sample: Path, turbofly: Turbofly) -> None:
    found = json.loads(turbofly("--database", sample, "key", "смета", "--json").out)
    told = next(row for row in found if row["shipment"] and row["kind"] == "licence")
    heading, *rows = turbofly("--database", sample, "key", told["number"]).out.splitlines()
    assert heading.split()[-2:] == ["Shipment", "Instance"]
    assert [told["shipment"], told["instance"]] in [row.split()[-2:] for row in rows]


def test_a_narrow_terminal_drops_what_is_empty_and_then_the_least_important() -> None:
    columns = (*CHAIN, TableColumn("Instance", whole=True, priority=3), TableColumn("Owner", priority=2))
    rows = [("LIC-0001", "Gamma Ltd", "26-00045", "I-000001", None)]
    assert fitting(columns, rows, 80) == ([0, 1, 2, 3, 4], True)
    assert fitting(columns, rows, 42) == ([0, 1, 2, 3], True)
    assert fitting(columns, rows, 30) == ([0, 1, 2], True)
    assert fitting(columns, rows, 20) == ([0, 1], True)


def test_what_does_not_fit_even_so_is_broken_and_not_cut() -> None:
    assert fitting(CHAIN, [("A" * 36, "Gamma Ltd", "26-00045")], 40) == ([0, 1], False)
    assert fitting(CHAIN[:2], [("LIC-0001", "A name of many words", "")], 26) == ([0, 1], True)


def test_the_limit_holds(company: Path, turbofly: Turbofly) -> None:
    assert len(json.loads(turbofly("key", "LIC", "--limit", "2", "--json").out)) == 2


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_that_is_none_is_wrong_usage(company: Path, turbofly: Turbofly, limit: str) -> None:
    ran = turbofly("key", "LIC", "--limit", limit)
    assert (ran.code, ran.out) == (2, "")
    assert "--limit" in ran.err


def test_where_nothing_is_found_a_shorter_part_is_proposed(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "0A1F-4438")
    assert (ran.code, ran.out) == (1, "")
    assert "No key and no licence has “0A1F-4438”" in ran.err
    assert "“0A1F-443”" in ran.err


def test_where_words_do_not_meet_those_that_are_found_alone_are_named(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "ромашка", "9999")
    assert ran.code == 1
    assert "“ромашка”, “9999”" in ran.err


def test_json_says_that_nothing_was_found_as_an_empty_list(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "nowhere", "--json")
    assert (ran.code, json.loads(ran.out)) == (1, [])


def test_find_looks_through_every_kind(company: Path, turbofly: Turbofly) -> None:
    found = json.loads(turbofly("find", "ромашка", "--json").out)
    assert {row["kind"] for row in found} == {"client", "key", "licence"}
    assert set(found[0]) == {"kind", "id", "title", "client", "date", "snippet"}
    only = json.loads(turbofly("find", "ромашка", "--kind", "client", "--json").out)
    assert [row["title"] for row in only] == ["ООО «Ромашка»"]
    assert turbofly("find", "nowhere").code == 1
    assert "АО «Лютик»" in turbofly("find", "лютик").out
