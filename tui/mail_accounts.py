"""The mail servers of the configuration file: ``[imap.NAME]`` tables, and where the password of each comes from.

A password is never written down by the program: neither in the database nor in its log.
"""

from __future__ import annotations

import importlib
import shlex
import stat
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import RuleBroken
from models.language import N_, _

if TYPE_CHECKING:
    from importers.imap import ImapAccount
    from tui.settings import Settings

_COMMAND_SECONDS = 60
_KINDS: Mapping[str, type] = {
    "host": str, "port": int, "user": str, "folder": str, "ca_file": str, "plain": bool, "password_command": str,
    "password_file": str, "keyring": str,
}  # fmt: skip
_WAYS = ("password_command", "password_file", "keyring")
_EXAMPLE = N_('[imap.office] host = "imap.example.ru", user = "anna", password_command = "pass mail/office"')


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
    given = accounts[name]
    _check(name, given)
    further = {key: given[key] for key in ("port", "folder", "plain") if key in given}
    ca_file = Path(given["ca_file"]).expanduser() if given.get("ca_file") else None
    return ImapAccount(name, given["host"], given["user"], _password(name, given), ca_file=ca_file, **further)


def _check(name: str, given: Mapping[str, Any]) -> None:
    for key, value in given.items():
        kind = _KINDS.get(key)
        if kind is None:
            raise _refused(name, key, _("There is no such setting; there are {names}.").format(names=", ".join(_KINDS)))
        if type(value) is not kind or value == "":
            words = {str: _("a text in quotation marks"), int: _("a whole number"), bool: _("true or false")}
            raise _refused(name, key, _("This has to be {allowed}.").format(allowed=words[kind]))
    for key in ("host", "user"):
        if key not in given:
            raise _refused(name, key, _("It is missing."))
    if sum(way in given for way in _WAYS) != 1:
        raise _refused(name, "password", _("Give one of {names}.").format(names=", ".join(_WAYS)))


def _refused(name: str, key: str, fault: str) -> RuleBroken:
    return RuleBroken(key, f"[imap.{name}] {key}: {fault}")


def _password(name: str, given: Mapping[str, Any]) -> Callable[[], str]:
    """What asks for the password, when it is wanted."""
    if "password_command" in given:
        return lambda: _from_command(name, given["password_command"])
    if "password_file" in given:
        return lambda: _from_file(name, Path(given["password_file"]).expanduser())
    return lambda: _from_keyring(name, given["keyring"], given["user"])


def _from_command(name: str, command: str) -> str:
    try:
        ran = subprocess.run(
            shlex.split(command), stdout=subprocess.PIPE, check=True, timeout=_COMMAND_SECONDS, encoding="utf-8"
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        # Its output is left out: it may hold the password.
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _refused(name, "password_command", _("It gave no password: {reason}.").format(reason=reason)) from None
    return _first_line(name, "password_command", ran.stdout)


def _from_file(name: str, path: Path) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _refused(name, "password_file", _("It cannot be read: {reason}.").format(reason=reason)) from None
    if mode & 0o077:
        raise _refused(
            name, "password_file", _("Others may read {file}: chmod 600 makes it yours alone.").format(file=path)
        )
    return _first_line(name, "password_file", text)


def _from_keyring(name: str, service: str, user: str) -> str:
    try:
        keyring: Any = importlib.import_module("keyring")
    except ImportError:
        raise _refused(name, "keyring", _("Install it: pip install keyring.")) from None
    return _first_line(name, "keyring", keyring.get_password(service, user) or "")


def _first_line(name: str, way: str, text: str) -> str:
    password = text.partition("\n")[0].rstrip("\r")
    if not password:
        raise _refused(name, way, _("It gave no password."))
    return password
