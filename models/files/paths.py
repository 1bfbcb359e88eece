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
