"""Keys and licences from the shell: the whole chain by any fragment, as of a past day, and their papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.clock import today
from models.company.identity import actor_for
from models.database import DatabaseURL
from models.keys.tables import ProtectionKey
from models.licensing.exchange import replace_key
from models.opening import close_database, open_database
from models.sales.actions_issue import issue_document
from tests.exporters.printing.papers import text_of
from tests.models.licensing.shipping import DAY, ready, sold
from tests.models.worlds import a_key
from tests.tui.command_line.conftest import Turbofly


@pytest.fixture
def shipped(company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The company with a shipment of two licences on key 9F-4477; the folder that commands run in."""
    open_database(DatabaseURL.of_path(company))
    anna = actor_for(None, "test")
    issue_document(anna, ready(anna, sold(anna), numbers="GX-500001..GX-500002", key="9F-4477"))
    close_database()
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


def test_any_fragment_answers_with_the_whole_chain(shipped: Path, turbofly: Turbofly) -> None:
    (licence,) = json.loads(turbofly("key", "500002", "--json").out)
    chain = (licence["number"], licence["key"], licence["client"], licence["shipment"], licence["instance"])
    assert chain == ("GX-500002", "9F-4477", "ООО «Ромашка»", "26-00001", "I-000003")
    (key,) = [one for one in json.loads(turbofly("key", "4477", "--json").out) if one["kind"] == "key"]
    assert (key["owner"], key["state"], key["shipment"]) == ("ООО «Ромашка»", "issued", "26-00001")


def test_as_of_a_day_before_there_was_nothing(shipped: Path, turbofly: Turbofly) -> None:
    assert turbofly("key", "GX-500001", "--as-of", "2020-01-01", "--json").code == 1
    (licence,) = json.loads(turbofly("key", "GX-500001", "--as-of", str(DAY), "--json").out)
    assert licence["state"] == "active"


def test_a_day_that_is_none_is_wrong_usage(shipped: Path, turbofly: Turbofly) -> None:
    ran = turbofly("key", "GX", "--as-of", "someday")
    assert ran.code == 2
    assert "someday" in ran.err


def test_certificates_labels_and_acts_are_printed(shipped: Path, turbofly: Turbofly, company: Path) -> None:
    assert turbofly("print", "licence", "GX-500001").code == 0
    assert turbofly("print", "shipment", "1", "--form", "certificate", "--lang", "ru").code == 0
    assert turbofly("print", "key", "9F-4477").code == 0
    texts = {path.name: text_of(path.read_bytes()) for path in shipped.glob("*.pdf")}
    assert sorted(texts) == ["Certificate 26-00001.pdf", "Certificate GX-500001.pdf", "Labels 9F-4477.pdf"]
    assert "GX-500002" in texts["Certificate 26-00001.pdf"]
    ran = turbofly("print", "key", "9F-4477", "--form", "exchange")
    assert ran.code == 3
    assert "was not exchanged" in ran.err
    open_database(DatabaseURL.of_path(company))
    anna = actor_for(None, "test")
    old = ProtectionKey.get(ProtectionKey.number == "9F-4477")
    replace_key(anna, old.id, a_key(anna, "9F-4478"), "broken", today(), "not seen by the port")
    close_database()
    assert turbofly("print", "key", "9F-4477", "--form", "exchange", "--lang", "ru", "--output", "act.pdf").code == 0
    act = text_of((shipped / "act.pdf").read_bytes())
    for said in ("9F-4477", "9F-4478", "GX-500001", "GX-500002", "not seen by the port"):
        assert said in act


def test_papers_are_not_mailed(shipped: Path, turbofly: Turbofly) -> None:
    ran = turbofly("print", "licence", "GX-500001", "--send")
    assert ran.code == 2
