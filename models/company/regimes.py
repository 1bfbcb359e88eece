"""The tax regimes of our legal entities by date, as they are read: what one began with, and what changes made it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import fn

from models.clock import today
from models.company.tables import Company, CompanyRegime


def regime_on(company_id: int, day: dt.date) -> str:
    """The tax regime that a legal entity has on a day."""
    regime = CompanyRegime
    last = regime.select(regime.regime).where((regime.company == company_id) & (regime.valid_from <= day))
    found = last.order_by(regime.valid_from.desc()).limit(1).scalar()
    return str(found or Company.select(Company.tax_regime).where(Company.id == company_id).scalar())


def regime_now() -> Any:
    """The expression of the regime that each legal entity has today."""
    regime = CompanyRegime.alias()
    last = regime.select(regime.regime).where((regime.company == Company.id) & (regime.valid_from <= today()))
    return fn.COALESCE(last.order_by(regime.valid_from.desc()).limit(1), Company.tax_regime)
