"""Operators, records, tables in and out, and what helps in a shell."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal
from tests.tui.command_line.conftest import Turbofly
from tui.command_line.export import LISTS
from tui.command_line.find import KINDS as FOUND_KINDS
from tui.command_line.naming import KINDS as SHOWN_KINDS
from tui.command_line.operator import ROLES


def test_an_operator_is_added_listed_and_kept_out(company: Path, turbofly: Turbofly) -> None:
    added = turbofly("operator", "add", "boris", "--name", "Борис", "--role", "sales", "--role", "licensing")
    assert added.code == 0
    operators = json.loads(turbofly("operator", "list", "--json").out)
    boris = next(row for row in operators if row["login"] == "boris")
    assert (boris["name"], boris["roles"], boris["active"]) == ("Борис", ["sales", "licensing"], True)
    assert "Борис" in turbofly("operator", "list").out
    assert turbofly("operator", "disable", "boris").code == 0
    assert turbofly("--operator", "boris", "key", "4433").code == 4
    assert turbofly("operator", "disable", "anna").code == 3, "the last director stays"


def test_the_right_to_administer_is_a_directors(company: Path, turbofly: Turbofly) -> None:
    turbofly("operator", "add", "boris", "--name", "Борис", "--role", "sales")
    refused = turbofly("--operator", "boris", "operator", "add", "vera", "--name", "Вера", "--role", "sales")
    assert refused.code == 4
    assert "Борис" in refused.err
    assert turbofly("--operator", "boris", "key", "4433").code == 0, "anna is a director and may act for him"


def test_show_gives_a_record_with_what_refers_to_it(company: Path, turbofly: Turbofly) -> None:
    shown = json.loads(turbofly("show", "key", "0а1f 4433", "--json").out)
    assert (shown["kind"], shown["title"], shown["state"]) == ("key", "0A1F-4433", "issued")
    assert shown["fields"]["owner"]["name"] == "ООО «Ромашка»"
    assert {row["number"] for row in shown["lists"]["licences"]} == {"LIC-0001", "LIC-0002"}
    assert json.loads(turbofly("show", "key", f"#{shown['id']}", "--json").out) == shown
    for_people = turbofly("show", "key", "0A1F-4433").out
    assert "Serial numbers: 2" in for_people and "LIC-0002" in for_people


def test_a_list_is_exported_as_csv_to_standard_output(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("export", "table", "licences")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert [row["Number"] for row in rows] and {"LIC-0001", "LIC-0002", "LIC-0003"} == {row["Number"] for row in rows}
    filtered = turbofly("export", "table", "licences", "--filter", "лютик")
    assert "LIC-0003" in filtered.out and "LIC-0001" not in filtered.out


def test_a_list_is_exported_to_a_file_in_the_format_of_its_ending(
    company: Path, tmp_path: Path, turbofly: Turbofly
) -> None:
    workbook = tmp_path / "keys.xlsx"
    assert turbofly("export", "table", "keys", "--output", workbook).code == 0
    assert workbook.read_bytes().startswith(b"PK")
    assert turbofly("export", "table", "keys", "--output", tmp_path / "keys.txt").code == 2
    assert turbofly("export", "table", "keys", "--format", "xlsx").code == 2


def test_an_export_takes_the_right_to_it(company: Path, turbofly: Turbofly) -> None:
    turbofly("operator", "add", "eva", "--name", "Eva", "--role", "engineer")
    ran = turbofly("--operator", "eva", "export", "table", "clients")
    assert (ran.code, ran.out) == (4, "")


CLIENTS = "Name;INN\r\nООО «Импорт»;7707083893\r\nООО «Ошибка»;7707083894\r\n"


@pytest.fixture
def clients_file(tmp_path: Path) -> Path:
    """One client that is good and one whose INN is wrong."""
    file = tmp_path / "clients.csv"
    file.write_text(CLIENTS, encoding="utf-8")
    return file


def test_what_is_good_is_imported_and_what_is_refused_has_its_place_and_reason(
    company: Path, clients_file: Path, turbofly: Turbofly
) -> None:
    ran = turbofly("import", "clients", clients_file, "--json")
    assert ran.code == 3
    report = json.loads(ran.out)
    assert set(report) == {"read", "added", "changed", "unchanged", "rejected", "errors"}
    assert (report["read"], report["added"], report["rejected"]) == (2, 1, 1)
    assert [(error["row"], error["value"]) for error in report["errors"]] == [(3, "7707083894")]
    again = json.loads(turbofly("import", "clients", clients_file, "--json").out)
    assert (again["added"], again["unchanged"]) == (0, 1)
    for_people = turbofly("import", "clients", clients_file)
    assert "Row 3" in for_people.err and "7707083894" in for_people.err


def test_a_dry_run_changes_nothing_and_strict_takes_all_or_nothing(
    company: Path, clients_file: Path, turbofly: Turbofly
) -> None:
    for option in ("--dry-run", "--strict"):
        assert turbofly("import", "clients", clients_file, option).code == 3
        assert turbofly("find", "Импорт").code == 1


def test_a_column_is_named_by_map(company: Path, tmp_path: Path, turbofly: Turbofly) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("wer;was\r\nООО «Странно»;7707083893\r\n", encoding="utf-8")
    assert turbofly("import", "clients", file, "--map", "name=wer", "--map", "inn=was").code == 0
    assert turbofly("find", "7707083893").code == 0
    assert turbofly("import", "clients", file, "--map", "name").code == 2
    assert turbofly("import", "clients", tmp_path / "none.csv").code == 2


def test_what_was_exported_is_imported_again_without_a_change(
    company: Path, tmp_path: Path, turbofly: Turbofly
) -> None:
    for name in ("clients", "products", "keys", "licences"):
        file = tmp_path / f"{name}.csv"
        assert turbofly("export", "table", name, "--output", file).code == 0
        report = json.loads(turbofly("import", name, file, "--json").out)
        assert (report["added"], report["changed"], report["rejected"]) == (0, 0, 0), report
        assert report["unchanged"] == report["read"] > 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_the_shell(turbofly: Turbofly, shell: str) -> None:
    ran = turbofly("completion", shell)
    assert ran.code == 0
    assert "_TURBOFLY_COMPLETE" in ran.out


def test_the_shell_is_told_the_commands(turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TURBOFLY_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "turbofly key --l")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert turbofly().out.split() == ["plain,--limit"]


def test_serve_listens_on_this_machine_only_and_hides_the_address_from_the_process_list(
    company: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("textual_serve", reason="the extra web is not installed")
    served: list[tuple[str, str, int]] = []

    class Server:
        def __init__(self, command: str, host: str, port: int, title: str) -> None:
            served.append((command, host, port))

        def serve(self) -> None:
            return

    monkeypatch.setattr("textual_serve.server.Server", Server)
    assert turbofly("serve", "--port", "8123").code == 0
    ((command, host, port),) = served
    assert (host, port) == ("127.0.0.1", 8123)
    assert str(company) not in command


def test_serve_says_what_is_missing(company: Path, turbofly: Turbofly, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    ran = turbofly("serve")
    assert ran.code == 2
    assert "turbofly[web]" in ran.err


@pytest.mark.terminal
def test_on_a_terminal_a_table_is_drawn_and_long_work_shows_a_bar(company: Path) -> None:
    program = [sys.executable, "-m", "tui.command_line.main"]
    with Terminal([*program, "key", "4433"], columns=200) as terminal:
        assert terminal.wait_for_exit() == 0
        assert "─" in terminal.screen_text()
    with Terminal([*program, "check"], columns=100) as terminal:
        assert terminal.wait_for_exit() == 0
        assert "Checks" in terminal.screen_text() and "All is well." in terminal.screen_text()
    with Terminal([*program, "key", "4433"], columns=200, environment={"NO_COLOR": "1"}) as terminal:
        assert terminal.wait_for_exit() == 0
        assert b"\x1b[" not in terminal.raw


def test_the_kinds_and_lists_that_commands_offer_are_all_that_there_are() -> None:
    from models.cards.definitions import CARDS
    from models.company.permissions import ROLE_TITLES
    from models.lists import LISTS as ALL_LISTS
    from models.search.queries import FINDERS

    assert {*SHOWN_KINDS, "document"} == set(CARDS), "documents are shown by the names of their kinds"
    assert set(LISTS) == set(ALL_LISTS)
    assert set(FOUND_KINDS) == {*FINDERS, "message"}
    assert set(ROLES) == set(ROLE_TITLES)
