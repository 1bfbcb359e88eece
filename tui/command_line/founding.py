"""Founding a company: what ``init`` does, and the first start of the program when an empty company is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import RuleBroken
from models.language import _
from tui.command_line.options import PROGRAM, stop_asking_outside_a_terminal

if TYPE_CHECKING:
    from models.database import DatabaseURL


@dataclass(frozen=True)
class Founding:
    """What a new database begins with; what is None is asked for."""

    company: str | None = None
    inn: str | None = None
    login: str | None = None
    name: str | None = None


def found(url: DatabaseURL, given: Founding) -> str:
    """Make the database, its first operator and company; returns the operator's login.

    Raises ``RuleBroken`` where there is a company already, or for what cannot be a name, login or INN.
    """
    from models.opening import open_database

    _refuse_existing(url)
    asked = _asked(given)
    open_database(url, create=True)
    from models.company.actions import found_company, founder
    from models.company.identity import origin, system_login

    login = asked.login or system_login()
    name = asked.name or login
    found_company(
        founder(login, name, origin(PROGRAM)),
        {"name": asked.company, "inn": asked.inn or ""},
        {"login": login, "name": name, "system_login": system_login()},
    )
    return login


def _refuse_existing(url: DatabaseURL) -> None:
    """A database that was made but never got its first operator is finished, every other is left alone."""
    from models.base import database
    from models.company.tables import Operator
    from models.opening import open_database

    if url.path is not None:
        if not url.path.exists() or not url.path.stat().st_size:
            return
        open_database(url, create=True)
    else:
        open_database(url, create=True)
    if Operator.select().exists():
        database.close()
        raise RuleBroken(
            "database",
            _("There is a company in {place} already.").format(place=url.shown),
            _("Name another place with --database, or add operators: turbofly operator add."),
        )


def _asked(given: Founding) -> Founding:
    if given.company:
        return given
    import click

    stop_asking_outside_a_terminal(_("The name of the company is missing (--company)."))
    from models.company.identity import system_login

    login = given.login or system_login()
    return Founding(
        click.prompt(_("Name of your company"), err=True),
        given.inn
        if given.inn is not None
        else click.prompt(_("Its INN (may stay empty)"), default="", show_default=False, err=True),
        login,
        given.name or click.prompt(_("Your name"), default=login, err=True),
    )
