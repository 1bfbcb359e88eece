"""Making a document: its kind, for whom, of which of our companies; then its draft is there to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.making import may_make
from models.cards.reading import candidates
from models.errors import DomainError
from models.kinds import RecordRef
from models.language import _
from models.sales.actions_drafts import new_document
from models.sales.document_look import makable_kinds, our_companies
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from screens.kit.dialogs import PickOne
from screens.kit.drafts import NEW
from screens.kit.record_picker import RecordPicker
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from screens.kit.reference_input import Candidate

    Place = Screen[None] | Widget


class NewDocument:
    """The questions before a draft, each left out where it is answered already."""

    def __init__(self, place: Place, known: Mapping[str, Any] | None = None) -> None:
        """``known``: values of the header that are known already, as the client whose card is shown."""
        self._place = place
        self._values = dict(known or {})
        self._kind = ""
        self._text = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that the operator may make."""
        return makable_kinds(shell_of(self._place).actor)

    def begin(self, kind: str = "") -> None:
        """Ask for the kind, if it is not known."""
        if kind:
            self._kind_picked(kind)
        else:
            choices = [(name, _(KINDS_OF_DOCUMENT[name].title)) for name in self.kinds]
            self._place.app.push_screen(PickOne(_("Which document?"), choices), self._kind_picked)

    def _kind_picked(self, kind: str | None) -> None:
        if kind is None:
            return
        self._kind = kind
        if self._values.get("client"):
            self._ask_company()
            return
        title = _("New: {kind}").format(kind=_(KINDS_OF_DOCUMENT[kind].title))
        picker = RecordPicker(title, shell_of(self._place).gateway, self._clients, prompt=_("For whom?"))
        self._place.app.push_screen(picker, self._client_picked)

    def _clients(self, text: str) -> list[Candidate]:
        """The clients that a text may mean; last, a new one of that name."""
        self._text = text.strip()
        found = candidates("client", text)
        if self._text and may_make(shell_of(self._place).actor, "client"):
            found.append((NEW, _("+ make a new one: {name}").format(name=self._text), ""))
        return found

    def _client_picked(self, candidate: Candidate | None) -> None:
        if candidate is None:
            return
        if candidate[0] == NEW:
            from screens.card import CardScreen

            self._place.app.push_screen(CardScreen.new("client", {"name": self._text}, then=self._client_made))
        else:
            self._client_made(candidate[0], candidate[1])

    def _client_made(self, client: int, _name: str) -> None:
        self._values["client"] = client
        self._ask_company()

    def _ask_company(self) -> None:
        shell = shell_of(self._place)
        shell.gateway.ask(self._place, "companies", our_companies, self._companies_came, self._refused)

    def _companies_came(self, companies: list[tuple[int, str]]) -> None:
        if len(companies) > 1 and "company" not in self._values:
            self._place.app.push_screen(PickOne(_("Which of our companies?"), companies), self._company_picked)
        else:
            self._make()

    def _company_picked(self, company: int | None) -> None:
        if company is not None:
            self._values["company"] = company
            self._make()

    def _make(self) -> None:
        shell = shell_of(self._place)
        work = partial(new_document, shell.actor, self._kind, self._values)
        shell.gateway.write(self._place, work, self._made, self._refused)

    def _made(self, document: int) -> None:
        from screens.document import DocumentCard

        self._place.app.push_screen(DocumentCard(RecordRef("document", document), edit=True))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._place.app.notify(str(error), severity="warning", timeout=10)
