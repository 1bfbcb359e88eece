"""Gapless numbers: given inside the transaction that uses them, so that a failed one takes none."""

from __future__ import annotations

from models.company.tables import NumberSequence
from models.writing import Change


def next_number(change: Change, kind: str, company_id: int | None = None, year: int = 0, count: int = 1) -> int:
    """The next number of a kind, per company and year; with ``count`` the first of that many.

    Two operators never get the same: a change holds the write lock.
    """
    company = NumberSequence.company.is_null() if company_id is None else NumberSequence.company == company_id
    found = NumberSequence.get_or_none((NumberSequence.kind == kind) & (NumberSequence.year == year) & company)
    if found is None:
        change.insert(NumberSequence(company=company_id, kind=kind, year=year, last=count))
        return 1
    first = int(found.last) + 1
    change.update(found, {"last": found.last + count})
    return first


def keep_above(change: Change, kind: str, number: int) -> None:
    """Give no number up to this one any more: it came from outside."""
    found = NumberSequence.get_or_none(
        (NumberSequence.kind == kind) & (NumberSequence.year == 0) & NumberSequence.company.is_null()
    )
    if found is None:
        change.insert(NumberSequence(company=None, kind=kind, year=0, last=number))
    elif found.last < number:
        change.update(found, {"last": number})
