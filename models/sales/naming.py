"""Finding documents by what an operator calls them: their kind, and their number or the bare serial of it."""

from __future__ import annotations

from collections.abc import Mapping

from models.base import tuples
from models.errors import NotFound, RuleBroken
from models.language import _
from models.sales.tables import Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from models.writing import get

_D = Document
CALLED: Mapping[str, tuple[str, ...]] = {kind: (kind,) for kind in KINDS_OF_DOCUMENT} | {
    "payment": ("payment_in", "payment_out")
}
"""The kinds of document that a word of the command line stands for."""


def document_named(called: str, name: str) -> int:
    """The id of the document of a kind that ``#7``, 26-00045, or 45 (the newest year's) means.

    Raises ``NotFound``, or ``RuleBroken`` where several answer to it.
    """
    kinds, name = CALLED[called], name.strip()
    if name.startswith("#") and name[1:].isdecimal() and name.isascii():
        document = get(Document, int(name[1:]))
        if document.kind in kinds:
            return int(document.id)
        raise NotFound(KINDS_OF_DOCUMENT[kinds[0]].title, name)
    if not name:
        raise NotFound(KINDS_OF_DOCUMENT[kinds[0]].title, name)
    found = _ids(_D.kind.in_(kinds) & (_D.number == name)) or _ids(_D.kind.in_(kinds) & (_D.outside_number == name))
    if not found and name.isdecimal() and name.isascii() and len(name) < 10:
        found = _of_newest_year(kinds, int(name))
    if not found:
        raise NotFound(KINDS_OF_DOCUMENT[kinds[0]].title, name)
    if len(found) > 1:
        ids = ", ".join(f"#{one}" for one in found[:10])
        raise RuleBroken(
            "number",
            _("Several records answer to “{name}”: {ids}.").format(name=name, ids=ids),
            _("Name one by its id, as #{id}.").format(id=found[0]),
        )
    return found[0]


def _ids(condition: object) -> list[int]:
    return [one for (one,) in tuples(_D.select(_D.id).where(condition).order_by(_D.id).limit(20))]


def _of_newest_year(kinds: tuple[str, ...], serial: int) -> list[int]:
    matching = _D.kind.in_(kinds) & (_D.serial == serial)
    newest = _D.select(_D.year).where(matching).order_by(_D.year.desc()).limit(1).scalar()
    if newest is None:
        return []
    of_year = matching & (_D.year == newest)
    last = max(revision for (revision,) in tuples(_D.select(_D.revision).where(of_year)))
    return _ids(of_year & (_D.revision == last))
