"""Taking rows from outside: judged before the lock, written under it, never on stale knowledge."""

from collections.abc import Callable, Sequence

import pytest

from models import audit, importing
from models.base import database
from models.clients.importing import ClientIntake
from models.clients.tables import Client, Phone
from models.company.permissions import EDIT_CLIENTS, permissions_of
from models.errors import NotAllowed, RuleBroken
from models.importing import Acceptance, Incoming, Plan, Rehearsal, Said
from models.writing import Actor
from tests.models.worlds import a_client


def rows(*values: dict[str, object]) -> list[Incoming]:
    return [Incoming(number, given) for number, given in enumerate(values, 2)]


class Disturbed(ClientIntake):
    """An intake between whose plan and writing somebody else writes."""

    def __init__(self, actor: Actor, disturb: Callable[[], object]) -> None:
        super().__init__(actor, dry_run=False)
        self.disturb: Callable[[], object] | None = disturb
        self.plans = 0

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        plan = super().plan(rows)
        self.plans += 1
        if self.disturb is not None:
            disturb, self.disturb = self.disturb, None
            disturb()
        return plan


def test_a_plan_is_made_anew_when_somebody_wrote_meanwhile(director: Actor) -> None:
    intake = Disturbed(director, lambda: a_client(director, "Ромашка"))
    plan = Acceptance(intake, director).take(rows({"name": "Ромашка", "phones": ("+7 495 123-45-67",)}))
    assert intake.plans == 2
    assert (plan.added, plan.changed) == (0, 1)
    assert Client.select().count() == 1


def test_rows_are_written_in_one_change_with_their_audit_entries(director: Actor) -> None:
    before = audit.head()[0]
    plan = Acceptance(ClientIntake(director, False), director).take(rows({"name": "One"}, {"name": "Two"}))
    assert plan.added == 2
    entries = list(audit.AuditEntry.select().where(audit.AuditEntry.seq > before))
    assert {entry.change_id for entry in entries} == {before + 1}
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []


@pytest.mark.parametrize(("wanted", "changes"), [(False, 1), (True, 3)])
def test_a_long_write_is_parted_only_when_somebody_waits(
    director: Actor, monkeypatch: pytest.MonkeyPatch, wanted: bool, changes: int
) -> None:
    monkeypatch.setattr(importing, "turn_is_wanted", lambda: wanted)
    monkeypatch.setattr(importing, "_SECONDS_WANTED", 0.0)
    monkeypatch.setattr(importing, "_SECONDS_OF_WRITING", 60.0)
    acceptance = Acceptance(ClientIntake(director, False), director, _seconds=60.0)
    before = audit.head()[0]
    assert acceptance.take(rows({"name": "One"}, {"name": "Two"}, {"name": "Three"})).added == 3
    entries = audit.AuditEntry.select().where(audit.AuditEntry.seq > before, audit.AuditEntry.kind == "client")
    assert len({entry.change_id for entry in entries}) == changes


def test_an_import_among_others_who_write_all_the_time_comes_to_its_end(director: Actor) -> None:
    class Bothered(ClientIntake):
        def plan(self, rows: Sequence[Incoming]) -> Plan:
            if not database.in_transaction():
                a_client(director, f"Somebody's {Client.select().count()}")
            return super().plan(rows)

    names: list[object] = [f"Client {number}" for number in range(25)]
    plan = Acceptance(Bothered(director, False), director).take(rows(*({"name": name} for name in names)))
    assert plan.added == 25
    assert Client.select().where(Client.name.in_(names)).count() == 25
    assert list(audit.broken_links()) == []


def test_a_dry_run_writes_nothing(director: Actor) -> None:
    before = audit.head()
    plan = Acceptance(ClientIntake(director, True), director, dry_run=True).take(rows({"name": "One"}))
    assert plan.added == 1
    assert audit.head() == before
    assert Client.select().count() == 0


def test_a_rehearsed_action_judges_and_writes_nothing(director: Actor) -> None:
    rehearsal = Rehearsal(director, "test")
    assert a_client(rehearsal, "One", phones=("+7 495 123-45-67",)) < 0
    with pytest.raises(RuleBroken):
        a_client(rehearsal, "One", inn="123")
    assert (Client.select().count(), Phone.select().count()) == (0, 0)


def test_an_operator_without_the_right_imports_nothing(director: Actor) -> None:
    auditor = Actor("eva", "Eva", None, permissions_of(frozenset({"auditor"})), "test")
    with pytest.raises(NotAllowed) as refusal:
        Acceptance(ClientIntake(auditor, False), auditor).take(rows({"name": "One"}))
    assert refusal.value.permission == EDIT_CLIENTS


def test_two_rows_that_contradict_each_other_are_found() -> None:
    said = Said()
    assert not said.again(Incoming(2, {"number": "7", "seats": 1}), "7")
    assert said.again(Incoming(3, {"number": "7", "seats": 1}), "7")
    with pytest.raises(RuleBroken, match="Row 2"):
        said.again(Incoming(4, {"number": "7", "seats": 2}), "7")
