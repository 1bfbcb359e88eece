"""``turbofly attach`` and ``turbofly files``: files onto records and out again."""

from __future__ import annotations

import json
import stat
from decimal import Decimal
from pathlib import Path

from tests.models.sales.worlds import an_issued
from tests.tui.command_line.conftest import Turbofly
from tests.tui.command_line.test_contacts import acting


def test_files_go_in_and_come_out_as_they_were(company: Path, turbofly: Turbofly, tmp_path: Path) -> None:
    contract, scan = tmp_path / "договор №7.pdf", tmp_path / "scan.png"
    contract.write_bytes(b"%PDF-1.7\0")
    scan.write_bytes(b"\x89PNG")
    ran = turbofly("attach", "client", "ООО «Ромашка»", contract, f"file://{scan}", "--note", "подписан", "--json")
    assert (ran.code, [one["file"] for one in json.loads(ran.out)["attached"]]) == (0, [str(contract), str(scan)])
    out = tmp_path / "out"
    out.mkdir()
    listed = json.loads(turbofly("files", "client", "#1", "--save", out, "--json").out)
    assert [(one["name"], one["size"], one["note"]) for one in listed] == [
        ("scan.png", 4, "подписан"), ("договор №7.pdf", 9, "подписан"),
    ]  # fmt: skip
    assert (out / "договор №7.pdf").read_bytes() == b"%PDF-1.7\0"
    assert stat.S_IMODE((out / "scan.png").stat().st_mode) == 0o600
    again = turbofly("files", "client", "#1", "--save", out)
    assert "scan (2).png" in again.out
    for_people = turbofly("files", "client", "#1").out
    assert "договор №7.pdf" in for_people and "anna" in for_people
    (tmp_path / "contract.txt").write_text("x")
    assert json.loads(turbofly("show", "client", "#1", "--json").out)["files"][0]["name"] == "scan.png"


def test_what_is_refused_is_named_and_the_rest_is_in(company: Path, turbofly: Turbofly, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("x")
    ran = turbofly("attach", "key", "0A1F-4433", tmp_path / "missing.txt", good, tmp_path)
    assert ran.code == 3
    assert "good.txt" in ran.out
    assert "There is no file" in ran.err and "is no file" in ran.err
    assert turbofly("attach", "key", "0A1F-4433", good).code == 3, "it is attached already"
    assert turbofly("files", "key", "0A1F-9999").code == 1
    assert turbofly("files", "key", "nowhere").code == 1
    assert turbofly("files", "key", "0A1F-4433", "--save", tmp_path / "nowhere").code == 2


def test_a_file_is_a_record_that_is_shown_and_undone(company: Path, turbofly: Turbofly, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    turbofly("attach", "client", "#1", file)
    shown = json.loads(turbofly("show", "file", "#1", "--json").out)
    assert (shown["title"], shown["fields"]["size"]) == ("a.txt", 1)
    assert turbofly("undo").code == 0
    assert turbofly("files", "client", "#1").code == 1
    assert turbofly("check").code == 0


def test_a_document_has_files_too(company: Path, turbofly: Turbofly, tmp_path: Path) -> None:
    with acting(company) as anna:
        an_issued(anna, "invoice", [{"description": "work", "price": Decimal(1)}], client=1)
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"%PDF-1.7")
    assert turbofly("attach", "invoice", "1", scan).code == 0
    for number in ("26-00001", "#1"):
        assert "signed.pdf" in turbofly("files", "invoice", number).out
    assert json.loads(turbofly("show", "invoice", "1", "--json").out)["files"][0]["name"] == "signed.pdf"
    assert turbofly("files", "quote", "1").code == 1
