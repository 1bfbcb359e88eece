"""Rows from outside: judged before the write lock is taken, then written in short transactions.

Each area has an *intake* that plans what a batch of rows will do: it reads, checks and decides, and writes nothing.
The plan holds as long as nobody else writes; that is asked inside the lock, and where somebody did, it is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter, sleep
from typing import Any, NamedTuple, Protocol, TypeVar

import peewee

from models import audit
from models.actor import Actor
from models.base import Record, stored_values
from models.database import cause_of
from models.errors import RuleBroken
from models.events import Event
from models.language import _
from models.write_lock import give_way, turn_is_wanted
from models.writing import Change, in_transaction

Row = TypeVar("Row", bound=Record)
_OPTIMISTIC_TRIES = 3
_ROWS_AMONG_OTHERS = 100
"""So many are judged at a time once somebody else was found to write: what he changes makes the judging vain."""
_ROWS_UNDER_LOCK = 10
# Large transactions write pages once that small ones write again and again; but whoever waits gets the lock in 50 ms,
# hardly ever later. After the writing come the audit trail and the commit, which take the longer the more was written.
_SECONDS_WANTED = 0.008
_SECONDS_OF_WRITING = 0.1
_SECONDS_OF_CLOSING = 0.025


class Incoming(NamedTuple):
    """A row from outside: its number there, and values by field. What is empty says nothing of an existing record."""

    number: int
    values: Mapping[str, Any]


class Refusal(NamedTuple):
    """A row that is not taken, and why; ``error.field`` is the field at fault."""

    number: int
    error: RuleBroken


class Step(NamedTuple):
    """A part of what is to be written, in the order of its rows; short enough to keep the lock a few milliseconds."""

    run: Callable[[Change], object]
    rows: tuple[int, ...]
    """The numbers of the rows that it writes."""
    adds: bool


@dataclass(slots=True)
class Plan:
    """What rows will do. ``rows`` of those given are judged; the others have to wait until these are written."""

    rows: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    settle: Callable[[], None] = lambda: None
    """What the intake has to remember once the rows are written."""

    @property
    def added(self) -> int:
        return sum(len(step.rows) for step in self.steps if step.adds)

    @property
    def changed(self) -> int:
        return sum(len(step.rows) for step in self.steps if not step.adds)

    def refuse(self, number: int, error: RuleBroken) -> None:
        """Leave a row out."""
        self.refusals.append(Refusal(number, error))

    def write(self, run: Callable[[Change], object], number: int, *, adds: bool) -> None:
        """Write one row in a step of its own."""
        self.steps.append(Step(run, (number,), adds))


class Intake(Protocol):
    """How one kind of record takes rows from outside. It lives as long as one import and remembers its rows."""

    action: str
    permission: str
    kinds: frozenset[str]
    """The kinds of record that its plans depend on."""
    rows_at_once: int
    """How many rows are best planned together; they are written in as many transactions as the lock asks for."""

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge rows; at least the first one."""

    def forget(self) -> None:
        """Drop what was read of records: somebody else has written some of these kinds."""


@dataclass
class Acceptance:
    """An intake at work for an operator; with ``dry_run`` everything is judged and nothing written."""

    intake: Intake
    actor: Actor
    dry_run: bool = False
    between: Callable[[float], object] = sleep
    """What is done before a transaction that somebody else waits for, for so many seconds, so that he can write."""
    held: list[float] = field(default_factory=list)
    """For how many seconds each transaction kept other writers waiting."""
    _marker: int = -1
    _seconds: float = _SECONDS_OF_WRITING

    def take(self, rows: Sequence[Incoming]) -> Plan:
        """Take some of the rows, from the first on: as many as the returned plan says, which tells what was done."""
        self.actor.require(self.intake.permission)
        whole = Plan()
        waiting, in_vain = rows, 0
        while True:
            locked = in_vain >= _OPTIMISTIC_TRIES
            if locked:
                plan = self._planned_and_written(waiting[:_ROWS_UNDER_LOCK])
            else:
                plan = self._planned(waiting if waiting is rows else waiting[:_ROWS_AMONG_OTHERS])
            whole.rows = whole.rows or plan.rows
            whole.unchanged += plan.unchanged
            whole.refusals += plan.refusals
            unwritten: Sequence[Step] = ()
            if locked:
                whole.steps += plan.steps
            else:
                unwritten = self._written(plan, whole)
                in_vain = in_vain + 1 if unwritten and len(unwritten) == len(plan.steps) else 0
            plan.settle()
            numbers = {number for step in unwritten for number in step.rows}
            numbers |= {row.number for row in waiting[plan.rows :]} if waiting is not rows else set()
            if not numbers:
                return whole
            waiting = [row for row in waiting if row.number in numbers]

    def _planned(self, rows: Sequence[Incoming]) -> Plan:
        marker = audit.change_marker()
        if self._marker >= 0 and marker != self._marker and audit.kinds_changed_since(self._marker) & self.intake.kinds:
            self.intake.forget()
        self._marker = marker
        return self.intake.plan(rows)

    def _written(self, plan: Plan, whole: Plan) -> Sequence[Step]:
        """Write the steps of a plan, some in each transaction; returns those that it no longer holds for."""
        waiting: Sequence[Step] = plan.steps
        while waiting:
            try:
                done = len(waiting) if self.dry_run else self._write(waiting)
            except _Outdated:
                return waiting
            except (RuleBroken, peewee.IntegrityError):
                waiting = self._without_the_first(waiting, whole)
                continue
            whole.steps += waiting[:done]
            waiting = waiting[done:]
        return ()

    def _planned_and_written(self, rows: Sequence[Incoming]) -> Plan:
        """Others write all the time: judge and write a few rows under the lock."""
        self._planned(rows)  # what this reads is not read under the lock

        def work(change: Change) -> tuple[Change, Plan]:
            plan = self._planned(rows)
            for step in plan.steps:
                step.run(change)
            return change, plan

        change, plan = in_transaction(self.actor, self.intake.action, work)
        self._marker = change.last_seq or self._marker
        return plan

    def _write(self, steps: Sequence[Step]) -> int:
        """Write as many of the steps as the lock may be kept for; returns how many."""
        since = written = 0.0

        def work(change: Change) -> tuple[Change, int]:
            nonlocal since, written
            since = perf_counter()
            if audit.head()[0] != self._marker:
                raise _Outdated
            for done, step in enumerate(steps, 1):
                step.run(change)
                written = perf_counter() - since
                if written > self._seconds or (written > _SECONDS_WANTED and turn_is_wanted()):
                    return change, done
            return change, len(steps)

        if self.held:
            give_way(self.between)
        change, done = in_transaction(self.actor, self.intake.action, work)
        self._pace(written, perf_counter() - since)
        self._marker = change.last_seq or self._marker
        return done

    def _pace(self, written: float, held: float) -> None:
        """Write for a shorter time where trail and commit take longer: a slow disk, a busy machine."""
        self.held.append(held)
        wished = written * _SECONDS_OF_CLOSING / (held - written)
        self._seconds = min(_SECONDS_OF_WRITING, max(0.002, (self._seconds + wished) / 2))

    def _without_the_first(self, steps: Sequence[Step], whole: Plan) -> Sequence[Step]:
        """A rule broke only among the written rows themselves: write the first step alone, or refuse its rows."""
        try:
            self._write(steps[:1])
        except _Outdated:
            return steps
        except (RuleBroken, peewee.IntegrityError) as error:
            whole.refusals += [Refusal(number, _in_words(error)) for number in steps[0].rows]
        else:
            whole.steps.append(steps[0])
        return steps[1:]


def _in_words(error: Exception) -> RuleBroken:
    if isinstance(error, RuleBroken):
        return error
    return RuleBroken("", _("The database refuses the row: {reason}.").format(reason=cause_of(error)))


class _Outdated(Exception):
    """Somebody wrote between the plan and the lock."""


class Rehearsal(Change):
    """A change that writes nothing: actions run in it judge by all their rules. New rows get ids below zero."""

    _last_id = 0

    def insert(self, row: Row) -> Row:
        Rehearsal._last_id -= 1
        row.id = Rehearsal._last_id
        return row

    def insert_values(
        self, table: type[Record], rows: Sequence[Mapping[str, Any]], texts: Sequence[str] | None = None
    ) -> list[int]:
        Rehearsal._last_id -= len(rows)
        return list(range(Rehearsal._last_id, Rehearsal._last_id + len(rows)))

    def update(self, row: Row, values: Mapping[str, Any], *, touch: bool = False) -> bool:
        before = stored_values(row)
        for name, value in values.items():
            setattr(row, name, value)
        return touch or stored_values(row) != before

    def delete(self, row: Record) -> None:
        pass

    def emit(self, event: Event) -> None:
        pass


class Said:
    """What the rows of one source have said of each record, so that two that contradict each other are found."""

    def __init__(self) -> None:
        self._rows: dict[Any, tuple[int, int]] = {}

    def again(self, row: Incoming, record: Any) -> bool:
        """Whether an earlier row said just the same of the record; raises ``RuleBroken`` if it said otherwise."""
        stated = hash(frozenset(row.values.items()))
        number, earlier = self._rows.setdefault(record, (row.number, stated))
        if number == row.number:
            return False
        if earlier != stated:
            raise contradiction(number)
        return True


def contradiction(number: int, field_name: str = "") -> RuleBroken:
    """The error of a row that says otherwise than an earlier one of the same source."""
    return RuleBroken(
        field_name,
        _("Row {number} says otherwise of the same record.").format(number=number),
        _("Keep one of the two rows."),
    )
