"""Where messages come from: files, folders of them, mbox files, Maildirs; told by what is in them, not by names.

An original is what one message has in its file: the whole file, or, of an mbox that holds several, everything from one
``From `` line up to the next. So the originals of an mbox, one after the other, are the file, byte for byte.
"""

from __future__ import annotations

import mmap
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from importers.mail_wrapping import HEAD, after_from_line, content_length, is_separator
from models.language import N_, _
from models.text import clean

LARGEST = 400 << 20
_BEGINNING = 1024
_MAPPED = 4 << 20
"""From how many bytes on an mbox is not read as a whole."""
# What certainly is no message: pictures, sounds, archives, documents, programs, the mail folders of other programs.
_OTHER_KINDS = re.compile(
    rb"\x89PNG|GIF8|\xff\xd8\xff|BM.{4}\0\0\0\0|RIFF|II\*\0|MM\0\*|\x76\x2f\x31\x01|\x01\xda[\0\x01]|\x59\xa6\x6a\x95"
    rb"|P[1-6]\s+(?:#|[0-9])|#define \w+_width |FORM.{4}AIF[FC]|\.snd|ID3|OggS|fLaC|\0\0\0.ftyp|%PDF-|%!PS|PK\x03\x04"
    rb"|\x1f\x8b|BZh|7z\xbc\xaf|\xfd7zXZ|Rar!|\x7fELF|MZ.\0|SQLite format 3|\{\\rtf",
    re.DOTALL,
)
_OUTLOOK = {
    b"\xd0\xcf\x11\xe0": N_("It is a message or document in Outlook's own format; save it as .eml."),
    b"!BDN": N_("It is a mail folder in Outlook's own format; export its messages as .eml or mbox."),
}
_NO_MESSAGE = N_("It is no message.")
_TOO_LARGE = N_("It has {size} MB; the largest message that is taken has {most} MB.")


@dataclass(slots=True)
class Original:
    """One message as it came; ``position`` counts from 1 in a file of several, 0: it is the file.

    Whoever takes it empties ``raw``, so that a large one is not held while it is written.
    """

    raw: bytes
    source: str
    position: int = 0


class Refused(NamedTuple):
    """A file, or a message in one, that is not taken, and why, in the operator's language."""

    source: str
    position: int
    reason: str


def mail_files(paths: Iterable[Path]) -> Iterator[Path | Refused]:
    """The files that paths name and that are in the folders that they name, in the order of their names."""
    for path in paths:
        try:
            if path.is_dir():
                yield from _in_folder(path)
            elif stat.S_ISREG(path.stat().st_mode):
                yield path
            else:
                yield Refused(_shown(path), 0, _(_NO_MESSAGE))
        except OSError as error:
            yield _unreadable(path, error)


def _in_folder(folder: Path) -> Iterator[Path | Refused]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    names = {entry.name for entry in entries}
    is_maildir = {"cur", "new"} <= names
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if _may_hold_mail(entry, is_maildir=is_maildir):
                yield from _in_folder(Path(entry.path))
        elif not is_maildir and not entry.name.startswith(".") and entry.is_file():
            yield Path(entry.path)


def _may_hold_mail(folder: os.DirEntry[str], *, is_maildir: bool) -> bool:
    """Not what is still being delivered into a Maildir; of hidden folders only those that are Maildirs."""
    if is_maildir and folder.name == "tmp":
        return False
    return not folder.name.startswith(".") or os.path.isdir(os.path.join(folder.path, "cur"))


def originals_in(path: Path) -> Iterator[Original | Refused]:
    """The messages of a file."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            beginning = file.read(_BEGINNING)
            if reason := _why_not(beginning):
                yield Refused(_shown(path), 0, reason)
            elif beginning.startswith(b"From ") and size > _MAPPED:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                    yield from _messages_of(whole, _shown(path))
            elif size > LARGEST:
                yield too_large(_shown(path), 0, size)
            else:
                data = beginning + file.read()
                if beginning.startswith(b"From "):
                    yield from _messages_of(data, _shown(path))
                else:
                    yield Original(data, _shown(path))
    except OSError as error:
        yield _unreadable(path, error)


def _why_not(beginning: bytes) -> str:
    """Why a file is no message; empty where it may be one."""
    for signature, reason in _OUTLOOK.items():
        if beginning.startswith(signature):
            return _(reason)
    return _(_NO_MESSAGE) if _OTHER_KINDS.match(beginning) else ""


def _messages_of(whole: bytes | mmap.mmap, source: str) -> Iterator[Original | Refused]:
    start, number, size = 0, 0, len(whole)
    while start < size:
        end = _end_of(whole, start)
        number += 1
        position = 0 if start == 0 and end == size else number
        if end - start > LARGEST:
            yield too_large(source, position, end - start)
        else:
            yield Original(whole[start:end], source, position)
        start = end


def _end_of(whole: bytes | mmap.mmap, start: int) -> int:
    """Where the next message of an mbox begins: where the head's length says, if one begins there; else at the next
    ``From `` line behind an empty one."""
    size = len(whole)
    if whole.find(b"From ", start + 1) < 0:
        return size
    beginning = whole[start : start + (256 << 10)]
    inside = after_from_line(beginning)
    head = HEAD.match(beginning, inside)
    if head is not None and (length := content_length(beginning, inside, head.end())) is not None:
        end = start + head.end() + len(_blank_line(beginning, head.end())) + length
        for more in range(3):
            if end + more >= size and end <= size:
                return size
            if is_separator(whole[end + more : end + more + 4096], 0):
                return end + more
    at = start
    while (at := whole.find(b"\nFrom ", at + 1)) >= 0:
        if whole[max(at - 2, 0) : at].endswith((b"\n", b"\n\r")) and is_separator(whole[at + 1 : at + 4097], 0):
            return at + 1
    return size


def _blank_line(data: bytes, at: int) -> bytes:
    return b"\r\n" if data.startswith(b"\r\n", at) else data[at : at + 1] if data.startswith(b"\n", at) else b""


def _shown(path: Path) -> str:
    return clean(os.fsencode(path).decode("utf-8", "replace"))[:500]


def too_large(source: str, position: int, size: int) -> Refused:
    """What is said of a message that is larger than any that is taken."""
    return Refused(source, position, _(_TOO_LARGE).format(size=size >> 20, most=LARGEST >> 20))


def _unreadable(path: Path, error: OSError) -> Refused:
    return Refused(_shown(path), 0, _("It cannot be read: {reason}.").format(reason=error.strerror or str(error)))
