"""What is on a protection key: its licences that have not ended, and what they ask of it."""

from __future__ import annotations

from models.errors import RuleBroken
from models.keys.events import KeyComesBack
from models.keys.tables import KeyMovement
from models.language import _
from models.licensing.tables import Licence
from models.licensing.transitions import require_key
from models.licensing.vocabulary import ENDED_STATES
from models.writing import Change


def living_on(key_id: int) -> list[Licence]:
    """The licences on a key that have not ended, in the order in which they were entered."""
    living = (Licence.key == key_id) & Licence.state.not_in(sorted(ENDED_STATES))
    return list(Licence.select().where(living).order_by(Licence.id))


def refuse_with_licences(_change: Change, event: KeyComesBack) -> None:
    """A key comes back to us only when no licence is left on it that somebody uses."""
    living = living_on(event.key)
    if living:
        raise RuleBroken(
            "key",
            _("Licence {number} of {client} is still on this key.").format(
                number=living[0].number, client=living[0].client.name
            ),
            _("Move it to another key, or take it back or revoke it first."),
        )


def keep_rules(licence: Licence) -> None:
    """Hold a licence that an undo restored against what may have changed since: the key that it needs came back."""
    if licence.state in ENDED_STATES:
        return
    require_key(licence.product, licence.__data__)
    key = licence.key
    if key is None or key.state not in ("in_stock", "returned"):
        return
    last = KeyMovement.select().where(KeyMovement.key == key.id).order_by(KeyMovement.id.desc()).first()
    if last is not None and last.kind == "return":
        raise RuleBroken(
            "key",
            _("Key {number}, on which licence {licence} was, came back since.").format(
                number=key.number, licence=licence.number
            ),
            _("Undo that first."),
        )
