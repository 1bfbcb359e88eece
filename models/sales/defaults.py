"""What sales begin with: the stages of the funnel and the VAT rates, as rows that a company may change."""

from __future__ import annotations

from models.actor import Actor
from models.company.events import CompanyFounded
from models.company.permissions import ADMINISTER
from models.company.tables import Operator
from models.language import _
from models.sales.tables import Stage, VatRate
from models.sales.vat import RUSSIAN_RATES
from models.sales.vocabulary import STAGE_DEFAULTS
from models.text import fold
from models.writing import Change, action


def begin_with_defaults(change: Change, _event: CompanyFounded) -> None:
    """Write the default stages and rates of a company that is being founded."""
    add_default_stages(change)
    add_default_rates(change)


def complete_older_database() -> None:
    """Give a database that was made before there were sales its stages and rates; harmless when called again."""
    if Operator.select().exists() and not Stage.select().exists():
        _complete(Actor("turbofly", "TurboFly", None, frozenset({ADMINISTER}), "migration"))


@action("add_sales_defaults", ADMINISTER)
def _complete(change: Change) -> None:
    add_default_stages(change)
    add_default_rates(change)


def add_default_stages(change: Change) -> None:
    """Write the default stages, named in the operator's language."""
    for position, stage in enumerate(STAGE_DEFAULTS, 1):
        name = _(stage.name)
        change.insert(
            Stage(
                code=stage.code, name=name, folded=fold(name), position=position * 10, probability=stage.probability,
                kind=stage.kind, rot_days=stage.rot_days,
            )
        )  # fmt: skip


def add_default_rates(change: Change) -> None:
    """Write the Russian VAT rates."""
    for rate in RUSSIAN_RATES:
        change.insert(
            VatRate(
                code=rate.code, title=_(rate.title) if rate.permille == 0 and rate.kind != "taxed" else rate.title,
                rate=rate.permille, kind=rate.kind, valid_from=rate.valid_from, valid_to=rate.valid_to,
            )
        )  # fmt: skip
