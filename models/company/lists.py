"""The lists of our companies and operators."""

from __future__ import annotations

from models.company.regimes import regime_now
from models.company.tables import Company, Operator
from models.conditions import FilterField
from models.language import N_, NP_
from models.listing import Column, Sort
from models.table_listing import ListColumn, ListDefinition

OPERATORS = ListDefinition(
    kind="operator",
    table=Operator,
    columns=(
        ListColumn(Column("login", N_("Login"), width=14, sort="fast"), Operator.login),
        ListColumn(Column("name", NP_("person", "Name"), width=26, sort="slow"), Operator.name),
        ListColumn(Column("roles", N_("Roles"), "state", width=28), Operator.roles),
        ListColumn(Column("active", N_("Active"), "flag", width=9), Operator.active),
        ListColumn(Column("system_login", N_("System login"), width=14, priority=2), Operator.system_login),
        ListColumn(Column("weekly_hours", N_("Hours a week"), "integer", width=6, priority=3), Operator.weekly_hours),
    ),
    fields=(
        FilterField("login", "text", Operator.login, title=N_("Login")),
        FilterField("name", "text", Operator.name, title=NP_("person", "Name")),
        FilterField("role", "text", Operator.roles, title=N_("Roles")),
        FilterField("active", "flag", Operator.active, title=N_("Active")),
    ),
    default_sort=Sort("login"),
)

COMPANIES = ListDefinition(
    kind="company",
    table=Company,
    columns=(
        ListColumn(Column("name", N_("Name"), width=30, sort="fast"), Company.name),
        ListColumn(Column("inn", N_("INN"), width=12), Company.inn),
        ListColumn(
            Column("tax_regime", N_("Tax regime"), "state", width=15, priority=2),
            Company.tax_regime,
            compute=regime_now,
        ),
        ListColumn(Column("active", N_("Active"), "flag", width=9), Company.active),
    ),
    fields=(FilterField("name", "text", Company.name, title=N_("Name")),),
    default_sort=Sort("name"),
)
