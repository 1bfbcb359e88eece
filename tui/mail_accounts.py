"""The mail servers of the configuration file: ``[imap.NAME]`` tables to fetch from, ``[smtp]`` to send through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.errors import RuleBroken
from models.language import N_, _
from tui.server_tables import PASSWORD_KINDS, check_table, file_of, password_of

if TYPE_CHECKING:
    from exporters.smtp import SmtpServer
    from importers.imap import ImapAccount
    from tui.settings import Settings

_SERVER: Mapping[str, type] = {"host": str, "port": int, "user": str}
_IMAP: Mapping[str, type] = {**_SERVER, "folder": str, "ca_file": str, "plain": bool, **PASSWORD_KINDS}
_SMTP: Mapping[str, type] = {
    **_SERVER, "from": str, "name": str, "starttls": bool, "ca_file": str, "plain": bool, **PASSWORD_KINDS,
}  # fmt: skip
_EXAMPLE = N_('[imap.office] host = "imap.example.ru", user = "anna", password_command = "pass mail/office"')
_SMTP_EXAMPLE = N_('[smtp] host = "smtp.example.ru", user = "anna", from = "anna@example.ru", password_command = "…"')


def account_named(name: str, settings: Settings | None) -> ImapAccount:
    """The account of a name; raises ``RuleBroken`` where the file has none, or says of it what cannot be."""
    from importers.imap import ImapAccount

    accounts: Mapping[str, Any] = {} if settings is None else settings.imap
    if name not in accounts:
        known = ", ".join(sorted(accounts))
        raise RuleBroken(
            "name",
            _("The configuration file has no [imap.{name}].").format(name=name),
            _("There are: {names}.").format(names=known) if known else _(_EXAMPLE),
        )
    given, section = accounts[name], f"imap.{name}"
    check_table(section, given, _IMAP, ("host", "user"), password=True)
    further = {key: given[key] for key in ("port", "folder", "plain") if key in given}
    return ImapAccount(
        name, given["host"], given["user"], password_of(section, given), ca_file=file_of(given, "ca_file"), **further
    )


def smtp_server(settings: Settings | None) -> SmtpServer:
    """The server that what TurboFly sends goes through; raises ``RuleBroken`` as ``account_named`` does.

    Without ``user`` nobody logs in: a server inside the house may ask for none.
    """
    from exporters.smtp import SmtpServer

    given: Mapping[str, Any] = {} if settings is None else settings.smtp
    if not given:
        raise RuleBroken("smtp", _("The configuration file has no [smtp] to send through."), _(_SMTP_EXAMPLE))
    check_table("smtp", given, _SMTP, ("host", "from"), password="user" in given)
    further = {key: given[key] for key in ("port", "user", "name", "starttls", "plain") if key in given}
    password = password_of("smtp", given) if "user" in given else None
    return SmtpServer(given["host"], given["from"], password=password, ca_file=file_of(given, "ca_file"), **further)
