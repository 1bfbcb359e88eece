"""The changes of the tax regime of our legal entities, each entered as one line of text: a day and a regime."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.base import tuples
from models.clock import today
from models.company.fields import TAX_REGIMES
from models.company.tables import CompanyRegime
from models.errors import RuleBroken
from models.language import _
from models.reading_dates import read_date
from models.text import fold
from models.writing import Change

FIELD = "regime_changes"


def regime_texts(company_id: int) -> tuple[str, ...]:
    """The changes of regime of a legal entity, each as a line of its form."""
    return tuple(f"{day.isoformat()} {_(TAX_REGIMES.get(regime, regime))}" for day, regime in _changes(company_id))


def set_regimes(change: Change, company_id: int, texts: Sequence[str]) -> bool:
    """Bring the changes of regime of a legal entity to what the lines say; returns whether any changed.

    Issued documents stay as they are; drafts take what is valid on their day when they are saved.
    """
    wanted = _read(texts)
    rows = {row.valid_from: row for row in CompanyRegime.select().where(CompanyRegime.company == company_id)}
    if {day: row.regime for day, row in rows.items()} == wanted:
        return False
    for day, row in rows.items():
        if day not in wanted:
            change.delete(row)
    for day, regime in wanted.items():
        if day in rows:
            change.update(rows[day], {"regime": regime})
        else:
            change.insert(CompanyRegime(company=company_id, valid_from=day, regime=regime))
    return True


def _changes(company_id: int) -> list[tuple[dt.date, str]]:
    columns = (CompanyRegime.valid_from, CompanyRegime.regime)
    query = CompanyRegime.select(*columns).where(CompanyRegime.company == company_id)
    return list(tuples(query.order_by(CompanyRegime.valid_from)))


def _read(texts: Sequence[str]) -> dict[dt.date, str]:
    found: dict[dt.date, str] = {}
    for text in (text.strip() for text in texts):
        if not text:
            continue
        day_text, _space, regime_text = text.partition(" ")
        day = read_date(day_text, FIELD, today=today())
        if day in found:
            message = _("There are two changes of the tax regime on {day}.").format(day=day.isoformat())
            raise RuleBroken(FIELD, message, _("Leave one."))
        found[day] = _regime(regime_text)
    return dict(sorted(found.items()))


def _regime(text: str) -> str:
    for code, title in TAX_REGIMES.items():
        if fold(text) in (fold(code), fold(title), fold(_(title))):
            return code
    raise RuleBroken(
        FIELD,
        _("“{text}” is no tax regime.").format(text=text.strip()),
        _("Write a day and one of: {known}.").format(known=", ".join(_(title) for title in TAX_REGIMES.values())),
    )
