"""``remind`` and ``export calendar``: what is to be seen to, for scripts and for other calendars."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from icalendar import Calendar

from models.clock import now, today
from models.company.identity import actor_for
from models.database import DatabaseURL
from models.opening import close_database, open_database
from models.writing import Actor
from tests.architecture.project import ROOT
from tests.models.sales.worlds import an_issued
from tests.models.worlds import a_reminder, an_interaction
from tests.tui.command_line.conftest import Turbofly

HOUR = dt.timedelta(hours=1)


@contextmanager
def acting(path: Path) -> Iterator[Actor]:
    """Anna, in the open database."""
    open_database(DatabaseURL.of_path(path))
    try:
        yield actor_for(None, "test")
    finally:
        close_database()


def test_remind_prints_what_is_due_one_per_line(company: Path, turbofly: Turbofly) -> None:
    with acting(company) as anna:
        a_reminder(anna, now() - 30 * HOUR, "Call the bank\x1b[31m", about_kind="client", about_id=1)
        a_reminder(anna, now() - HOUR, "Write to Fokin")
        a_reminder(anna, now() + HOUR, "Later")
    ran = turbofly("remind")
    assert ran.code == 0
    first, second = ran.out.splitlines()
    assert first.endswith("  Call the bank␛[31m  (client: ООО «Ромашка»)")
    assert second.endswith("  Write to Fokin")
    listed = json.loads(turbofly("remind", "--json").out)
    assert [row["text"] for row in listed] == ["Call the bank␛[31m", "Write to Fokin"]
    assert listed[0]["about"] == {"kind": "client", "id": 1, "name": "ООО «Ромашка»"}
    assert listed[1]["about"] is None


def test_remind_names_records_of_areas_that_it_has_no_other_use_for(company: Path) -> None:
    with acting(company) as anna:
        a_reminder(anna, now() - HOUR, "Ask for it", about_kind="licence", about_id=1)
    command = [sys.executable, "-m", "tui.command_line.main", "--lang", "en", "remind"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.endswith("  Ask for it  (licence: LIC-0001)\n")


def test_remind_says_nothing_when_nothing_is_due(company: Path, turbofly: Turbofly) -> None:
    ran = turbofly("remind")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_remind_lets_quotes_expire_for_one_who_may_edit_sales(company: Path, turbofly: Turbofly) -> None:
    turbofly("operator", "add", "egor", "--name", "Егор", "--role", "engineer")
    with acting(company) as anna:
        days = {"date": today() - dt.timedelta(days=9), "valid_until": today() - dt.timedelta(days=1)}
        quote = an_issued(
            anna, "quote", lines=[{"product": 1, "quantity": Decimal(1), "price": Decimal(9)}], client=1, **days
        )
    said = turbofly("--operator", "egor", "remind")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert json.loads(turbofly("show", "quote", f"#{quote}", "--json").out)["state"] == "issued"
    assert turbofly("remind", "--json").out.strip() == "[]"
    assert json.loads(turbofly("show", "quote", f"#{quote}", "--json").out)["state"] == "expired"


def test_each_operator_is_reminded_of_his_own(company: Path, turbofly: Turbofly) -> None:
    turbofly("operator", "add", "boris", "--name", "Борис", "--role", "sales")
    with acting(company) as anna:
        a_reminder(anna, now() - HOUR, "Anna's")
    assert turbofly("--operator", "boris", "remind").out == ""
    assert "Anna's" in turbofly("remind").out


def test_the_calendar_is_read_again(company: Path, turbofly: Turbofly, tmp_path: Path) -> None:
    with acting(company) as anna:
        an_interaction(anna, 1, "Demo", moment=now() + 24 * HOUR)
        a_reminder(anna, now() + HOUR, "Call the bank")
    file = tmp_path / "planned.ics"
    assert turbofly("export", "calendar", "--output", str(file)).err == f"2 entries written to {file}.\n"
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Call the bank", "Call: ООО «Ромашка»: Demo"]
    printed = turbofly("export", "calendar")
    assert printed.code == 0
    assert len(Calendar.from_ical(printed.out).walk("VEVENT")) == 2


def test_the_calendar_of_everyone_takes_the_right_to_export(company: Path, turbofly: Turbofly) -> None:
    turbofly("operator", "add", "egor", "--name", "Егор", "--role", "engineer")
    assert turbofly("--operator", "egor", "export", "calendar").code == 0
    assert turbofly("export", "calendar", "--everyone").code == 0


def test_an_interaction_and_a_reminder_are_shown(company: Path, turbofly: Turbofly) -> None:
    with acting(company) as anna:
        an_interaction(anna, 1, "Demo", about_kind="key", about_id=1)
        a_reminder(anna, now() - HOUR, "Call the bank", about_kind="client", about_id=1)
    assert "protection key: 0A1F-4433" in turbofly("show", "interaction", "#1").out
    shown = json.loads(turbofly("show", "reminder", "#1", "--json").out)
    assert shown["fields"]["about"] == {"kind": "client", "id": 1, "name": "client: ООО «Ромашка»"}
    assert shown["state"] == "due"
