"""Entering licences on an instance: the window for a block of numbers, with what fills itself in said above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.making import may_make
from models.cards.reading import candidates
from models.errors import DomainError
from models.language import _, ngettext
from models.licensing.document_instances import InstanceFacts, instance_facts
from models.licensing.entering import add_licences, add_licences_from_pool, check_numbers
from models.licensing.fields import LICENCE_FIELDS
from models.licensing.pools import codes_left
from screens.key_picking import said_of
from screens.kit.reference_input import References
from screens.number_block import BlockOf, NumberBlock, Numbers, Pool
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from models.actor import Actor

_MORE = ("kind", "supersedes", "seats", "vendor_order", "vendor_account", "note")
"""What may be said of all licences of a block."""


def enter_licences(place: Screen[None], instance_id: int, done: Callable[[], object]) -> None:
    """Ask for the numbers of an instance's licences; ``done`` is called when some were entered."""
    work = partial(_about, instance_id)
    shell_of(place).gateway.ask(place, "licences", work, partial(_ask, place, done), partial(tell, place))


def _about(instance_id: int) -> tuple[InstanceFacts, int] | None:
    found = instance_facts([instance_id])
    return (found[0], codes_left(found[0].product_id)) if found else None


def _ask(place: Screen[None], done: Callable[[], object], about: tuple[InstanceFacts, int] | None) -> None:
    if about is None:
        place.app.notify(_("This record does not exist any more."), severity="warning")
        return
    instance, left = about
    shell = shell_of(place)
    block = BlockOf(
        _("Licences: {instance}").format(instance=instance.number),
        _said(instance),
        partial(check_numbers, instance.id),
        partial(_add, shell.actor, instance.id),
        instance.room,
        Pool(left, partial(_add_from_pool, shell.actor, instance.id)) if left else None,
        tuple(field for field in LICENCE_FIELDS if field.name in _MORE),
        References(shell.gateway, candidates, partial(may_make, shell.actor)),
    )
    place.app.push_screen(NumberBlock(block), partial(_entered, place, done))


def _said(instance: InstanceFacts) -> str:
    keyless = _("no key is picked yet") if instance.lacks_key else _("without a key")
    key = _("on key {number}").format(number=instance.key) if instance.key else keyless
    how = _("A number on a line, or a range as A-001..A-020; the rest fills itself in.")
    return f"{said_of(instance)}, {key}\n{how}"


def _add(actor: Actor, instance_id: int, numbers: Numbers, values: Mapping[str, Any]) -> int:
    return len(add_licences(actor, instance_id, numbers, values))


def _add_from_pool(actor: Actor, instance_id: int, count: int, values: Mapping[str, Any]) -> int:
    return len(add_licences_from_pool(actor, instance_id, count, values))


def _entered(place: Screen[None], done: Callable[[], object], number: int | None) -> None:
    if number:
        text = ngettext("{number} licence is entered.", "{number} licences are entered.", number)
        place.app.notify(f"{text.format(number=number)} {_('u takes it back.')}")
        done()


def tell(place: Screen[Any], error: Exception) -> None:
    """Say in words why something is not possible."""
    if not isinstance(error, DomainError):
        raise error
    place.app.notify(str(error), severity="warning", timeout=15)
