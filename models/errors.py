"""The few ways in which the domain says no, each in words that an operator can act on.

Every edge (screen, command line, importer) catches ``DomainError`` in one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

permission_titles: dict[str, str] = {}
"""What each permission is called (msgids); the company's area, which declares them, writes them down here."""


class DomainError(Exception):
    """What an operator did cannot be done; ``str()`` says what, where and what to do."""


@dataclass
class RuleBroken(DomainError):
    """A rule of the domain does not hold.

    ``field`` is the name of the field at fault ("" for the record as a whole), ``rule`` says in the
    operator's language what is wrong, ``remedy`` what to do about it.
    """

    field: str
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.rule} {self.remedy}".rstrip()


@dataclass
class Conflict(DomainError):
    """The record was changed by somebody else since it was read.

    ``base`` is what the operator started from, ``mine`` what he wants to save, ``theirs`` what stands
    in the database now: plain values by field name.
    """

    kind: str
    record_id: int
    base: Mapping[str, object]
    mine: Mapping[str, object]
    theirs: Mapping[str, object]
    their_operator: str = ""

    def __str__(self) -> str:
        from models.language import _

        return _("{operator} changed this record meanwhile; look at both versions and save again.").format(
            operator=self.their_operator or _("Somebody")
        )


@dataclass
class NotAllowed(DomainError):
    """The operator's roles do not include what he tried."""

    operator: str
    permission: str

    def __str__(self) -> str:
        from models.language import _

        return _("{operator} may not do this: it takes the right “{permission}”. Ask a director.").format(
            operator=self.operator, permission=_(permission_titles.get(self.permission, self.permission))
        )


@dataclass
class NotFound(DomainError):
    """There is no such record."""

    kind: str
    name: str

    def __str__(self) -> str:
        from models.language import _

        return _("No {kind} “{name}”.").format(kind=_(self.kind), name=self.name)


@dataclass
class DatabaseUnusable(DomainError):
    """The database cannot be opened, is not ours, is older or newer than the program, or cannot be written to."""

    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".rstrip()
