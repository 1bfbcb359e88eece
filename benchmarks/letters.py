"""Folders of messages to import, and the peers that index mail, ``notmuch`` and ``mu``, with databases of their own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from zstandard import ZstdDecompressor

from benchmarks.timing import Took, process
from benchmarks.workshop import Workshop, program

_ORIGINALS = """
    SELECT s.compressed FROM message m JOIN stored_content s ON s.sha256 = m.sha256 ORDER BY m.id LIMIT ?
"""


def of_sample(workshop: Workshop, most: int) -> Path:
    """A Maildir of the first letters of a sample company."""
    letters = workshop.folder / f"letters-{workshop.import_scale}-{most}"
    if not letters.exists():
        database, unpacker = workshop.sample(workshop.import_scale), ZstdDecompressor()
        rows = workshop.select(database, _ORIGINALS, most)
        _maildir(letters, (unpacker.decompress(compressed) for (compressed,) in rows))
    return letters


def given(workshop: Workshop) -> Path | None:
    """A Maildir of the messages in the folder that was given; None where there is none."""
    source = workshop.mail
    if source is None or not source.is_dir():
        return None
    letters = workshop.folder / "letters-given"
    shutil.rmtree(letters, ignore_errors=True)
    _maildir(letters, (path.read_bytes() for path in sorted(source.rglob("*")) if path.is_file()))
    return letters


def _maildir(folder: Path, originals: Iterator[bytes]) -> None:
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name in ("cur", "new", "tmp"):
        (unfinished / name).mkdir(parents=True)
    for number, original in enumerate(originals, 1):
        (unfinished / "cur" / f"{number}.bench:2,S").write_bytes(original)
    unfinished.rename(folder)


def count(letters: Path) -> int:
    """How many messages a Maildir of ours has."""
    return sum(1 for _one in (letters / "cur").iterdir())


class Notmuch:
    """``notmuch`` with a database beside a Maildir."""

    name = "notmuch"

    def __init__(self, workshop: Workshop, letters: Path) -> None:
        self._home = workshop.folder / f"notmuch-{letters.name}"
        self._environment = {**workshop.environment, "NOTMUCH_CONFIG": str(self._home / "config")}
        self._letters = letters

    def index(self) -> Took:
        """Index the Maildir from nothing."""
        shutil.rmtree(self._home, ignore_errors=True)
        self._home.mkdir()
        where = f"[database]\npath={self._home}\nmail_root={self._letters}\n[new]\ntags=new\n[user]\nname=a\n"
        (self._home / "config").write_text(where, encoding="utf-8")
        return process([self.name, "new", "--quiet"], self._environment)

    def search(self, words: str) -> Took:
        """Look for words, the newest first."""
        command: list[str | Path] = [self.name, "search", "--output=messages", "--limit=50", words]
        return process(command, self._environment)


class Mu:
    """``mu`` with a database beside a Maildir."""

    name = "mu"

    def __init__(self, workshop: Workshop, letters: Path) -> None:
        self._home = workshop.folder / f"mu-{letters.name}"
        self._environment = workshop.environment
        self._letters = letters

    def index(self) -> Took:
        """Index the Maildir from nothing."""
        shutil.rmtree(self._home, ignore_errors=True)
        made = [self.name, "init", f"--muhome={self._home}", f"--maildir={self._letters}", "--quiet"]
        subprocess.run(made, env=self._environment, check=True, stdout=subprocess.DEVNULL)
        return process([self.name, "index", f"--muhome={self._home}", "--quiet"], self._environment)

    def search(self, words: str) -> Took:
        """Look for words, the newest first."""
        command: list[str | Path] = [self.name, "find", f"--muhome={self._home}", "--maxnum=50", "--reverse"]
        return process([*command, "--sortfield=date", *words.split()], self._environment, expected=(0, 2, 4))


def peers(workshop: Workshop, letters: Path) -> list[Notmuch | Mu]:
    """The programs of these that are installed."""
    return [peer(workshop, letters) for peer in (Notmuch, Mu) if program(peer.name)]
