"""``turbofly import mail`` and ``turbofly import imap``: messages into the archive, from files and mail servers."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.errors import RuleBroken
from models.language import N_, _, ngettext
from tui.command_line.errors import DONE, REFUSED, say
from tui.command_line.options import Invocation
from tui.command_line.output import print_json, print_line
from tui.command_line.progress import progress_bar
from tui.command_line.spoken import command as make_command
from tui.command_line.spoken import json_option, option

if TYPE_CHECKING:
    from importers.mail import MailReport

_ERRORS_PRINTED = 50
_NOT_PRINTED = frozenset({"refused", "cut"})
owner_option = option(
    "--owner-address",
    "owner_addresses",
    multiple=True,
    metavar="A",
    help=N_(
        "An address or domain of ours beside those of the settings: what comes from there went out. May be repeated."
    ),
)


@make_command(
    "mail",
    help=N_(
        "Take messages into the archive: .eml files, folders of them, mbox files, Maildirs, told by what is in them."
        " What is there already is not taken twice; an import that was interrupted goes on where it was."
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@owner_option
@json_option
@click.pass_obj
def mail(invocation: Invocation, paths: tuple[Path, ...], owner_addresses: tuple[str, ...], as_json: bool) -> int:
    from importers.nursery import Nursery

    # Before the database is opened: the readers load their libraries meanwhile.
    with Nursery[int]("importers.mail_reader:answer") as readers:
        invocation.open()
        from importers.mail import import_mail
        from models.company.permissions import FILE_MAIL

        actor = invocation.actor(FILE_MAIL)
        with progress_bar() as told:
            report = import_mail(
                paths, actor, owner_addresses, lambda done, total: told(_("Files"), done, total), readers
            )
    return _tell(report, as_json=as_json)


@make_command(
    "imap",
    help=N_(
        "Fetch what is new in the folder of a mail server that the configuration file has under NAME. Nothing is"
        " changed on the server, no message becomes read there."
    ),
)
@click.argument("name")
@owner_option
@json_option
@click.pass_obj
def imap(invocation: Invocation, name: str, owner_addresses: tuple[str, ...], as_json: bool) -> int:
    from importers.imap import fetch
    from tui.mail_accounts import account_named

    account = account_named(name, invocation.configuration[0])
    invocation.open()
    from models.company.permissions import FILE_MAIL

    actor = invocation.actor(FILE_MAIL)
    with progress_bar() as told:
        report = fetch(account, actor, owner_addresses, lambda done, total: told(_("Messages"), done, total))
    return _tell(report, as_json=as_json)


def _tell(report: MailReport, *, as_json: bool) -> int:
    if as_json:
        print_json({name: value for name, value in dataclasses.asdict(report).items() if name not in _NOT_PRINTED})
    else:
        _print(report)
    if report.cut:
        raise RuleBroken("server", report.cut, _("What came is in; fetch again for the rest."))
    return REFUSED if report.refused else DONE


def _print(report: MailReport) -> None:
    print_line(
        _("{read} read: {added} added, {duplicate} there already; {filed} filed, {unfiled} wait to be filed.").format(
            read=report.read, added=report.added, duplicate=report.duplicate, filed=report.filed,
            unfiled=report.unfiled,
        )
    )  # fmt: skip
    if report.broken:
        marked = ngettext(
            "{number} of the added is broken, and marked so.", "{number} of the added are broken, and marked so.",
            report.broken,
        )  # fmt: skip
        print_line(marked.format(number=report.broken))
    for error in report.errors[:_ERRORS_PRINTED]:
        place = f"{error.source} ({error.position})" if error.position else error.source
        say(_("{place}: {reason}").format(place=place, reason=error.reason))
    if (more := len(report.errors) - _ERRORS_PRINTED) > 0:
        say(_("… and {number} more; --json lists all.").format(number=more))
