"""Stored files on their way out: under a safe name, readable by their operator alone, never over another file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from models.errors import RuleBroken
from models.files.names import safe_name
from models.language import _

_MOST_NAMESAKES = 1000


def downloads() -> Path:
    """The operator's folder for what he saves: that of the desktop, else his home."""
    from platformdirs import user_downloads_path

    folder = user_downloads_path()
    return folder if folder.is_dir() else Path.home()


def save_file(target: Path, name: str, data: bytes) -> Path:
    """Write bytes into a folder under a safe form of ``name``, or to the very file that ``target`` names.

    In a folder, a namesake makes it ``name (2).pdf``; returns where it was put. The file has mode 0600 and is not
    executable. Raises ``RuleBroken`` where there is a file already, or nothing can be written.
    """
    try:
        if target.is_dir():
            return _into_folder(target, safe_name(name), data)
        if not target.parent.is_dir():
            raise RuleBroken("file", _("There is no folder {folder}.").format(folder=target.parent))
        _write_new(target, data)
    except FileExistsError as error:
        raise RuleBroken(
            "file", _("There is a file {file} already.").format(file=target), _("Give another name.")
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RuleBroken("file", _("{file} cannot be written: {reason}.").format(file=target, reason=reason)) from error
    return target


def free_path(folder: Path, name: str) -> Path:
    """Where in a folder a file of this name would be put now: beside its namesakes."""
    name = safe_name(name)
    return next((path for path in _namesakes(folder, name) if not os.path.lexists(path)), folder / name)


def _namesakes(folder: Path, name: str) -> Iterator[Path]:
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    for number in range(1, _MOST_NAMESAKES):
        yield folder / (name if number == 1 else f"{stem} ({number}){dot}{suffix}")


def _into_folder(folder: Path, name: str, data: bytes) -> Path:
    for path in _namesakes(folder, name):
        try:
            _write_new(path, data)
        except FileExistsError:
            continue
        return path
    raise RuleBroken("file", _("{folder} is full of files of that name.").format(folder=folder))


def _write_new(path: Path, data: bytes) -> None:
    """Make a file that was not there, without following a link; what was half written is taken away again."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
