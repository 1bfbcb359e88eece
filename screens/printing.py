"""Printing and mailing a document from its card: which form, where to, the usual letter, and what came of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from exporters.printing.form_data import file_name
from exporters.printing.mailing import Letter, Sent, mail_form, refuse_to_mail, usual_letter
from exporters.printing.typesetting import pdf_of
from models.cards.making import may_make
from models.cards.reading import candidates
from models.company.permissions import FILE_MAIL
from models.fields import Field
from models.language import LANGUAGES, N_, _, current_language
from models.sales.mailings import note_mailed
from models.sales.printing import PrintedForm, forms_of, printed_form
from models.sales.vocabulary import FORMS
from screens.file_saving import tell_failure
from screens.kit.ask_fields import AskFields
from screens.kit.dialogs import PickOne
from screens.kit.reference_input import References
from screens.pdf_saving import ask_where_to_save

if TYPE_CHECKING:
    from screens.section import FrameScreen

_LETTER_FIELDS = (
    Field("to", N_("To"), required=True, hint=N_("addresses, with commas between")),
    Field("subject", N_("Subject"), required=True),
    Field("text", N_("Text"), "lines"),
)
IN_LANGUAGE = {"ru": N_("{form}, in Russian"), "en": N_("{form}, in English")}
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is printed: a form in a language."""

    form: str
    language: str


class Printing:
    """Printing and mailing of one document. Each of the windows leads to the next; ``esc`` ends it anywhere."""

    def __init__(self, screen: FrameScreen, document: int, kind: str, usual: str = "") -> None:
        self._screen = screen
        self._document = document
        self._forms = forms_of(kind)
        self._usual = usual if usual in self._forms else next(iter(self._forms), "")

    def print(self) -> None:
        """Write it to a file."""
        self._choose(_("Print"), self._ask_where)

    def mail(self) -> None:
        """Send it to its contact."""
        self._choose(_("Send by mail"), self._ask_letter)

    def _choose(self, title: str, then: Callable[[Choice, PrintedForm], object]) -> None:
        forms = sorted(self._forms, key=lambda form: form != self._usual)
        languages = sorted(LANGUAGES, key=lambda language: language != current_language())
        choices = [
            (Choice(form, language), _(IN_LANGUAGE[language]).format(form=_(FORMS[form])))
            for language in languages
            for form in forms
        ]
        self._screen.app.push_screen(PickOne(title, choices), partial(self._chosen, then))

    def _chosen(self, then: Callable[[Choice, PrintedForm], object], choice: Choice | None) -> None:
        if choice is not None:
            work = partial(printed_form, self._document, choice.form)
            self._ask("form", work, partial(then, choice))

    def _ask(self, channel: str, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        self._screen.shell.gateway.ask(self._screen, channel, work, then, partial(tell_failure, self._screen))

    def _ask_where(self, choice: Choice, form: PrintedForm) -> None:
        make = partial(pdf_of, form, choice.language, self._screen.shell.office.templates)
        ask_where_to_save(self._screen, file_name(form), make)

    def _ask_letter(self, choice: Choice, form: PrintedForm) -> None:
        def work() -> Letter:
            refuse_to_mail(form)
            # What is missing in the configuration file is told before anything is typed.
            self._screen.shell.office.server()
            return usual_letter(form, choice.language, self._screen.shell.actor.name)

        self._ask("letter", work, partial(self._show_letter, choice, form))

    def _show_letter(self, choice: Choice, form: PrintedForm, letter: Letter) -> None:
        shell = self._screen.shell
        values = {"to": letter.to, "subject": letter.subject, "text": letter.text}
        about = _("{file} goes with it.").format(file=file_name(form))
        references = References(shell.gateway, candidates, partial(may_make, shell.actor))
        dialog = AskFields(_("Send by mail"), about, _LETTER_FIELDS, values, references)
        self._screen.app.push_screen(dialog, partial(self._send, choice, form))

    def _send(self, choice: Choice, form: PrintedForm, values: dict[str, Any] | None) -> None:
        if values is None:
            return
        shell, app = self._screen.shell, self._screen.app
        letter = Letter(values["to"], values["subject"], values["text"] or "")
        work = partial(_send_and_file, self._screen, form, choice.language, letter)
        app.notify(_("Sending…"), timeout=4)
        # The application owns it: the message goes out and is filed, whatever screen the operator looks at meanwhile.
        channel = f"mail {next(_numbers)}"
        shell.gateway.ask_to_write(app, channel, work, partial(_sent, app), partial(tell_failure, self._screen))


def _send_and_file(screen: FrameScreen, form: PrintedForm, language: str, letter: Letter) -> Sent:
    from importers.sent_mail import archive_sent

    actor = screen.shell.actor
    actor.require(FILE_MAIL)
    sent = mail_form(form, language, screen.shell.office, letter, actor.name)
    message = archive_sent(actor, sent.raw, sent.sender, form.client_id, form.person_id)
    note_mailed(actor, form.document_id, message)
    return sent


def _sent(app: Any, sent: Sent) -> None:
    app.notify(_("Sent to {addresses}.").format(addresses=", ".join(sent.to)), timeout=8)
    if sent.not_reached:
        app.notify(sent.not_reached, severity="warning", timeout=15)
