"""Tables of the configuration file that name a server: what may stand in them, and where the password comes from.

A password is never written down by the program: neither in the database nor in its log.
"""

from __future__ import annotations

import importlib
import shlex
import stat
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from models.errors import RuleBroken
from models.language import _

_COMMAND_SECONDS = 60
WAYS = ("password_command", "password_file", "keyring")
PASSWORD_KINDS: Mapping[str, type] = dict.fromkeys(WAYS, str)


def check_table(
    section: str, given: Mapping[str, Any], kinds: Mapping[str, type], required: tuple[str, ...], *, password: bool
) -> None:
    """Raise ``RuleBroken`` for the first setting that cannot be; with ``password`` one way to it has to be named."""
    for key, value in given.items():
        kind = kinds.get(key)
        if kind is None:
            raise refused(
                section, key, _("There is no such setting; there are {names}.").format(names=", ".join(kinds))
            )
        if type(value) is not kind or value == "":
            words = {str: _("a text in quotation marks"), int: _("a whole number"), bool: _("true or false")}
            raise refused(section, key, _("This has to be {allowed}.").format(allowed=words[kind]))
    for key in required:
        if key not in given:
            raise refused(section, key, _("It is missing."))
    if password and sum(way in given for way in WAYS) != 1:
        raise refused(section, "password", _("Give one of {names}.").format(names=", ".join(WAYS)))


def refused(section: str, key: str, fault: str) -> RuleBroken:
    """What cannot be, with its table and name."""
    return RuleBroken(key, f"[{section}] {key}: {fault}")


def file_of(given: Mapping[str, Any], key: str) -> Path | None:
    """A file that a table names."""
    return Path(given[key]).expanduser() if given.get(key) else None


def password_of(section: str, given: Mapping[str, Any]) -> Callable[[], str]:
    """What asks for the password, when it is wanted."""
    if "password_command" in given:
        return lambda: _from_command(section, given["password_command"])
    if "password_file" in given:
        return lambda: _from_file(section, Path(given["password_file"]).expanduser())
    return lambda: _from_keyring(section, given["keyring"], given["user"])


def _from_command(section: str, command: str) -> str:
    try:
        ran = subprocess.run(
            shlex.split(command), stdout=subprocess.PIPE, check=True, timeout=_COMMAND_SECONDS, encoding="utf-8"
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        # Its output is left out: it may hold the password.
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise refused(section, "password_command", _("It gave no password: {reason}.").format(reason=reason)) from None
    return _first_line(section, "password_command", ran.stdout)


def _from_file(section: str, path: Path) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise refused(section, "password_file", _("It cannot be read: {reason}.").format(reason=reason)) from None
    if mode & 0o077:
        raise refused(
            section, "password_file", _("Others may read {file}: chmod 600 makes it yours alone.").format(file=path)
        )
    return _first_line(section, "password_file", text)


def _from_keyring(section: str, service: str, user: str) -> str:
    try:
        keyring: Any = importlib.import_module("keyring")
    except ImportError:
        raise refused(section, "keyring", _("Install it: pip install keyring.")) from None
    return _first_line(section, "keyring", keyring.get_password(service, user) or "")


def _first_line(section: str, way: str, text: str) -> str:
    password = text.partition("\n")[0].rstrip("\r")
    if not password:
        raise refused(section, way, _("It gave no password."))
    return password
