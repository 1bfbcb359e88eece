"""Who acts, with which rights: what an action and a look-up both ask for, without all that writing takes."""

from __future__ import annotations

from typing import NamedTuple

from models.errors import NotAllowed

UNDO_OTHERS = "undo_others"


class Actor(NamedTuple):
    """Who acts, with which rights, and from where (host and program)."""

    login: str
    name: str
    operator_id: int | None
    permissions: frozenset[str]
    origin: str

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise ``NotAllowed`` unless the actor's roles give the right."""
        if not self.may(permission):
            raise NotAllowed(self.name or self.login, permission)
