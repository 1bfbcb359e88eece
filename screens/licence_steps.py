"""The short forms for what becomes of a licence: the day, the reason, the document, and what the step wants besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from models.actor import Actor
from models.cards.making import may_make
from models.cards.reading import candidates
from models.clock import today
from models.fields import Field
from models.language import N_, _
from models.licensing import life
from models.licensing.life_choices import UPGRADE
from models.licensing.transitions import LIFE_STEPS
from models.licensing.upgrades import upgrade_quote
from screens.key_steps import DAY, DOCUMENT, REASON
from screens.kit.ask_fields import DoFields
from screens.kit.reference_input import References
from screens.own_company import ask_company
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen

Values = Mapping[str, Any]
_CLIENT = Field("client", N_("Client"), "reference", reference="client", required=True)


@dataclass(frozen=True, slots=True)
class _Form:
    """What a step asks for besides day, reason and document, and what writes it."""

    fields: tuple[Field, ...]
    write: Callable[[Actor, int, Values, tuple[Any, ...]], Any]
    about: str = ""


def _plain(action: Callable[..., Any]) -> _Form:
    return _Form((), lambda actor, licence, _values, cause: action(actor, licence, *cause))


_FORMS: Mapping[str, _Form] = {
    "activate": _plain(life.activate_licence),
    "suspend": _plain(life.suspend_licence),
    "reinstate": _plain(life.reinstate_licence),
    "revoke": _plain(life.revoke_licence),
    "return": _plain(life.return_licence),
    "renew": _Form(
        (
            Field("months", N_("Licence, by months"), "integer", least=1),
            Field("expires", N_("or until"), "date"),
            Field("maintenance", N_("Maintenance until"), "date"),
        ),
        lambda actor, licence, values, cause: life.renew_licence(
            actor, licence, *cause, expires=values["expires"] or values["months"], maintenance=values["maintenance"],
        ),
        N_("Nothing said: by the product's policy."),
    ),
    "transfer": _Form(
        (_CLIENT, Field("end_user", N_("End user"), "reference", reference="client")),
        lambda actor, licence, values, cause: life.transfer_licence(
            actor, licence, values["client"], *cause, end_user=values["end_user"]
        ),
    ),
    "move": _Form(
        (Field("key", N_("Key"), "reference", reference="key", hint=N_("empty: to none")),),
        lambda actor, licence, values, cause: life.move_licence(actor, licence, values["key"], *cause),
    ),
    "seats": _Form(
        (Field("seats", N_("Seats"), "integer", required=True, least=1),),
        lambda actor, licence, values, cause: life.set_seats(actor, licence, values["seats"], *cause),
    ),
}  # fmt: skip
_UPGRADE = (Field("product", N_("To which product"), "reference", reference="product", required=True),)


class LicenceSteps:
    """The steps of one licence; ``done`` is told what was done, and of the document that was made."""

    def __init__(
        self, place: Screen[None], licence: int, number: str, done: Callable[[str, int | None], object]
    ) -> None:  # fmt: skip
        self._place, self._licence, self._number, self._done = place, licence, number, done

    def ask(self, event: str) -> None:
        """Ask what the step wants to know, and take it."""
        shell = shell_of(self._place)
        references = References(shell.gateway, candidates, partial(may_make, shell.actor))
        if event == UPGRADE:
            ask_company(self._place, partial(self._ask_product, references))
            return
        form, step = _FORMS[event], LIFE_STEPS[event]
        fields = (*form.fields, DAY, REASON, DOCUMENT)
        dialog = DoFields(
            _(step.title), self._about(form.about), fields, {"day": today()}, references,
            partial(_take, form, shell.actor, self._licence),
        )  # fmt: skip
        self._place.app.push_screen(dialog, partial(self._taken, step.title))

    def _ask_product(self, references: References, company: int | None) -> None:
        work = partial(_quote, shell_of(self._place).actor, self._licence, company)
        dialog = DoFields(_("Quote an upgrade"), self._about(""), _UPGRADE, {}, references, work)
        self._place.app.push_screen(dialog, self._quoted)

    def _about(self, more: str) -> str:
        said = _("Licence {number}").format(number=self._number)
        return f"{said}\n{_(more)}" if more else said

    def _taken(self, title: str, answer: tuple[Any] | None) -> None:
        if answer is not None:
            self._done(_("{step}: noted.").format(step=_(title)), None)

    def _quoted(self, answer: tuple[Any] | None) -> None:
        if answer is not None:
            self._done(_("A quote is made."), int(answer[0]))


def _take(form: _Form, actor: Actor, licence: int, values: Values) -> Any:
    return form.write(actor, licence, values, (values["day"], values["reason"] or "", values["document"]))


def _quote(actor: Actor, licence: int, company: int | None, values: Values) -> int:
    return upgrade_quote(actor, licence, values["product"], company)
