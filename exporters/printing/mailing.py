"""A printed form by mail: what is usually written with it, and sending it, with the message handed on to be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exporters.printing.form_data import Writer, file_name
from exporters.printing.typesetting import pdf_of
from exporters.smtp import Attachment, SmtpServer, checked_addresses, composed, deliver
from models.errors import RuleBroken
from models.language import _
from models.sales.mailings import message_to_answer
from models.sales.printing import PrintedForm, email_of
from models.sales.vocabulary import LIVE_STATES


@dataclass(frozen=True, slots=True)
class Office:
    """What printing and mailing stand on: the company's own templates, the server; that is asked for when needed."""

    templates: Path
    server: Callable[[], SmtpServer]


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes with a form: addresses with commas between, subject, text."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a server has taken, byte for byte, and from whom to whom."""

    raw: bytes
    sender: str
    to: tuple[str, ...]
    not_reached: str = ""
    """What the server says of those to whom it does not deliver."""


_TITLES: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "quote": "Коммерческое предложение", "order": "Заказ покупателя", "invoice": "Счёт на оплату",
        "upd1": "Универсальный передаточный документ", "upd2": "Универсальный передаточный документ", "act": "Акт",
        "rights": "Акт приёма-передачи прав", "supplier_order": "Заказ поставщику",
    },
    "en": {
        "quote": "Quote", "order": "Customer order", "invoice": "Invoice for payment",
        "upd1": "Universal transfer document", "upd2": "Universal transfer document", "act": "Act",
        "rights": "Act of transfer of rights", "supplier_order": "Order to supplier",
    },
}  # fmt: skip
_TEXTS = {
    "ru": ("{title} № {number} от {day}", "Здравствуйте!\n\n{subject} на сумму {sum} {currency} — во вложении.\n\n"
           "С уважением,\n{operator}\n{company}"),
    "en": ("{title} No. {number} of {day}", "Hello,\n\nplease find attached: {subject}, {sum} {currency}.\n\n"
           "Yours sincerely,\n{operator}\n{company}"),
}  # fmt: skip


def usual_letter(form: PrintedForm, language: str, operator: str) -> Letter:
    """To the document's contact person, else to the client; in the language of the form."""
    write = Writer(language)
    subject, text = _TEXTS[language]
    subject = subject.format(
        title=_TITLES[language][form.form], number=form.number, day=write.short_day(form.date)
    )  # fmt: skip
    text = text.format(
        subject=subject, sum=write.money(form.totals.gross), currency=form.currency, operator=operator,
        company=form.seller.short_name,
    )  # fmt: skip
    return Letter(email_of(form.client_id, form.person_id), subject, text)


def refuse_to_mail(form: PrintedForm) -> None:
    """Raise ``RuleBroken`` for what does not count: a draft has no number, a cancelled document is nobody's."""
    if form.state not in LIVE_STATES:
        raise RuleBroken(
            "state", _("Only a document that counts is mailed, no draft and none that was cancelled or declined."),
            _("Issue it first."),
        )  # fmt: skip


def mail_form(form: PrintedForm, language: str, office: Office, letter: Letter, operator: str) -> Sent:
    """Send a form to the addresses of a letter, as an answer where documents of its deal were mailed before.

    Raises ``RuleBroken`` where that is not possible.
    """
    refuse_to_mail(form)
    to = checked_addresses(letter.to)
    server = office.server()
    pdf = pdf_of(form, language, office.templates)
    answered = message_to_answer(form.document_id)
    answers = () if answered is None else (*answered.references, answered.message_id)
    attached = [Attachment(file_name(form), pdf)]
    message = composed(server, operator, to, letter.subject, letter.text, attached, answers=answers)
    not_reached = deliver(server, message, to)
    return Sent(message, server.sender, to, not_reached)
