"""Taking rows from outside: judged before the lock, written under it, never on stale knowledge."""

from collections.abc import Callable, Sequence

import pytest

from models import audit
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
