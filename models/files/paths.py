"""Paths as operators type and paste them, and the reading of files that come from outside."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from models.errors import RuleBroken
from models.language import _

LARGEST = 100 * 1024 * 1024
"""Bytes of one attached file."""
_QUOTES = {'"': '"', "'": "'", "«": "»", "“": "”"}


def typed_path(text: str) -> Path:
    """The path that a typed or pasted text means: in quotes, with ``~``, with spaces escaped, or as ``file://``."""
    text = text.strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = text[1:-1]
    elif text.lower().startswith("file:"):
        text = unquote(urlsplit(text).path)
    elif "\\ " in text or "\\(" in text or "\\'" in text:
        text = re.sub(r"\\(.)", r"\1", text)
    if "\0" in text:
        raise RuleBroken("file", _("This is no path."))
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise RuleBroken("file", _("There is no home folder “{name}”.").format(name=text.split("/")[0])) from error


def existing_file(text: str) -> Path:
    """The file that a typed text means; raises ``RuleBroken`` where it is none."""
    path = typed_path(text)
    if path.is_dir():
        raise RuleBroken("file", _("{file} is no file.").format(file=path), _("Give a file, not a folder."))
    if not path.is_file():
        raise RuleBroken("file", _("There is no file {file}.").format(file=path))
    return path


def existing_folder(text: str) -> Path:
    """The folder that a typed text means; raises ``RuleBroken`` where it is none."""
    path = typed_path(text)
    if not path.is_dir():
        raise RuleBroken("file", _("There is no folder {folder}.").format(folder=path))
    return path


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises ``RuleBroken`` for what is no file, too large or cannot be read.

    What is no regular file is not even opened: a pipe would never answer, a device never end.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise RuleBroken("file", _("{file} is no file.").format(file=path), _("Give a file, not a folder."))
        with open(path, "rb", opener=_opened_at_once) as file:
            refuse_too_large(path.name, os.fstat(file.fileno()).st_size)
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise RuleBroken("file", _("There is no file {file}.").format(file=path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RuleBroken("file", _("{file} cannot be read: {reason}.").format(file=path, reason=reason)) from error
    refuse_too_large(path.name, len(data))
    return data


def _opened_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def refuse_too_large(name: str, size: int) -> None:
    """Raise ``RuleBroken`` for more bytes than one file may have."""
    if size > LARGEST:
        message = _("“{name}” has {size} MB; at most {largest} MB are kept.")
        raise RuleBroken(
            "file",
            message.format(name=name, size=-(-size // 1024**2), largest=LARGEST // 1024**2),
            _("Pack it, split it, or keep it in a shared folder and note its place."),
        )


_LOOKED_AT = 20_000
"""Names of one folder: one of more is too large to be chosen from anyway."""


def completions(text: str, limit: int = 50) -> list[str]:
    """What a path that is being typed may become: the names in its folder that go on so, folders with ``/``.

    Hidden names only where a dot was typed. What cannot be read gives none.
    """
    head, slash, begun = text.rpartition("/")
    try:
        with os.scandir(typed_path(head + slash) if slash else Path.cwd()) as entries:
            found = [
                (entry.name, entry.is_dir())
                for _number, entry in zip(range(_LOOKED_AT), entries, strict=False)
                if entry.name.casefold().startswith(begun.casefold())
                and (begun.startswith(".") or not entry.name.startswith("."))
            ]
    except (OSError, ValueError, RuleBroken):
        return []
    names = sorted(found, key=lambda one: (not one[0].startswith(begun), one[0].casefold()))
    return [f"{head}{slash}{name}{'/' if is_folder else ''}" for name, is_folder in names[:limit]]


def common_beginning(paths: list[str]) -> str:
    """As far as all paths go the same way."""
    first, last = min(paths, default=""), max(paths, default="")
    length = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: min(length, len(last))]
