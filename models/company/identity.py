"""Who sits at the keyboard: from a login to an actor with its rights."""

from __future__ import annotations

import getpass
import os

from models.actor import Actor
from models.company.permissions import ACT_AS_ANOTHER, permissions_of
from models.company.tables import Operator
from models.errors import NotAllowed
from models.language import _


class UnknownOperator(NotAllowed):
    """Nobody of this login may work with the database."""

    def __str__(self) -> str:
        return _(
            "“{login}” is no active operator of this database. A director adds one: turbofly operator add."
        ).format(login=self.operator)


def system_login() -> str:
    """The operating system's login of whoever runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def origin(program: str) -> str:
    """From where a change comes, for the audit trail: the program, the machine and the process."""
    return f"{program} {system_login()}@{os.uname().nodename} {os.getpid()}"


def actor_for(login: str | None, program: str) -> Actor:
    """The actor of a named operator, or of the one bound to the system's login.

    To act as another than oneself takes a director's right; the audit trail keeps who it really was. Raises
    ``UnknownOperator``, ``NotAllowed``.
    """
    own = _bound_to(system_login())
    if login is None:
        if own is None:
            raise UnknownOperator(system_login(), "")
        return _actor(own, origin(program))
    named = Operator.get_or_none((Operator.login == login) & Operator.active)
    if named is None:
        raise UnknownOperator(login, "")
    if own is not None and own.id == named.id:
        return _actor(named, origin(program))
    if own is None or not _actor(own, "").may(ACT_AS_ANOTHER):
        raise NotAllowed(own.name if own else system_login(), ACT_AS_ANOTHER)
    return _actor(named, f"{origin(program)} as {own.login}")


def _bound_to(login: str) -> Operator | None:
    found: Operator | None = Operator.get_or_none((Operator.system_login == login) & Operator.active)
    return found or Operator.get_or_none((Operator.login == login) & Operator.active & (Operator.system_login == ""))


def _actor(operator: Operator, from_where: str) -> Actor:
    return Actor(operator.login, operator.name, operator.id, permissions_of(operator.role_set), from_where)
