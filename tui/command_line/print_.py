"""``turbofly print``: a document as PDF, into a file or by mail to its contact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import LANGUAGES, N_, _, current_language
from tui.command_line.errors import say
from tui.command_line.options import Invocation
from tui.command_line.output import print_line
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import option

if TYPE_CHECKING:
    from models.actor import Actor
    from models.sales.printing import PrintedForm

KINDS = ("quote", "order", "invoice", "shipment", "supplier_order", "licence_order", "licence", "key", "instance")
RECORDS = frozenset({"licence", "key", "instance"})
FORMS = ("quote", "order", "invoice", "upd1", "upd2", "act", "rights", "supplier_order")
PAPERS = ("certificate", "labels", "exchange", "transfer")


@make_command(
    "print",
    help=N_(
        "Write a document as PDF: to a file, by default one in this folder named after it. NUMBER is its number; #7 is"
        " an id. With --send it is mailed to the document's contact, and the message filed in the archive. Of licences"
        " there are certificates, of keys labels and the acts of exchange and transfer."
    ),
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("number")
@option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=N_("The file to write."))
@option(
    "--form",
    type=click.Choice((*FORMS, *PAPERS)),
    help=N_("Which of its forms; without it the document's own, or the usual."),
)
@option("--lang", "language", type=click.Choice(LANGUAGES), help=N_("The language of the form."))
@option("--send", is_flag=True, help=N_("Mail it through the server of the configuration file."))
@option("--to", metavar="ADDRESS", default="", help=N_("Where to mail it, instead of the document's contact."))
@click.pass_obj
def command(
    invocation: Invocation, kind: str, number: str, output: Path | None, form: str | None, language: str | None,
    send: bool, to: str,
) -> None:  # fmt: skip
    if to and not send:
        raise click.UsageError(_("--to goes with --send."))
    (invocation.open if send else invocation.open_for_reading)()
    from models.company.permissions import FILE_MAIL, READ
    from models.sales.naming import document_named
    from models.sales.printing import printed_form

    actor = invocation.actor(READ)
    language = language or current_language()
    if kind in RECORDS or kind == "licence_order" or form in PAPERS:
        if send:
            raise click.UsageError(_("Certificates, labels and acts of keys are not mailed from here."))
        _write_paper(kind, number, form or "", language, output)
        return
    if send:
        actor.require(FILE_MAIL)
    printed = printed_form(document_named(kind, number), form or "")
    if output is not None or not send:
        _write(printed, language, output)
    if send:
        _send(invocation, actor, printed, language, to)


def _write_paper(kind: str, number: str, name: str, language: str, output: Path | None) -> None:
    from exporters.printing.paper_data import paper_file_name
    from exporters.printing.typesetting import pdf_of_paper
    from models.cards.reading import record_named
    from models.kinds import RecordRef
    from models.licensing.papers import paper_of
    from models.sales.naming import document_named
    from tui.places import templates_folder

    if kind in RECORDS:
        ref = RecordRef(kind, record_named(kind, number))
    else:
        ref = RecordRef("document", document_named(kind, number))
    paper = paper_of(ref, name)
    _save(pdf_of_paper(paper, language, templates_folder()), paper_file_name(paper), output)


def _write(form: PrintedForm, language: str, output: Path | None) -> None:
    from exporters.printing.form_data import file_name
    from exporters.printing.typesetting import pdf_of
    from tui.places import templates_folder

    _save(pdf_of(form, language, templates_folder()), file_name(form), output)


def _save(pdf: bytes, name: str, output: Path | None) -> None:
    from exporters.saved_file import save_file
    from exporters.table import replacing

    if output is None:
        path = save_file(Path.cwd(), name, pdf)
    else:
        path = output
        with replacing(output) as file:
            file.write(pdf)
    say(_("Printed: {file}").format(file=path))


def _send(invocation: Invocation, actor: Actor, form: PrintedForm, language: str, to: str) -> None:
    import dataclasses

    from exporters.printing.mailing import Office, mail_form, usual_letter
    from importers.sent_mail import archive_sent
    from models.sales.mailings import note_mailed
    from tui.mail_accounts import smtp_server
    from tui.places import templates_folder

    office = Office(templates_folder(), lambda: smtp_server(invocation.configuration[0]))
    letter = usual_letter(form, language, actor.name)
    if to:
        letter = dataclasses.replace(letter, to=to)
    sent = mail_form(form, language, office, letter, actor.name)
    print_line(_("Sent to {addresses}.").format(addresses=", ".join(sent.to)))
    if sent.not_reached:
        say(sent.not_reached)
    message = archive_sent(actor, sent.raw, sent.sender, form.client_id, form.person_id)
    note_mailed(actor, form.document_id, message)
