"""What the benchmarks work with, made on demand in a folder: sample companies, an environment, tables as CSV."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from models.database import raw_connection
from models.opening import files_of

PROJECT = Path(__file__).parent.parent
_OURS = ("TURBOFLY_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "TMUX", "PYTHON")

# What `turbofly key` looks through: a row per key and per licence, with what it belongs to.
ROWS_LOOKED_THROUGH = """
    SELECT 'key', k.number, k.number AS key, c.name AS client, k.model AS product, '' AS code
    FROM protection_key k LEFT JOIN client c ON c.id = k.owner_id
    UNION ALL
    SELECT 'licence', l.number, k.number, c.name, l.name || ' ' || p.name, l.product_code
    FROM licence l JOIN client c ON c.id = l.client_id JOIN product p ON p.id = l.product_id
    LEFT JOIN protection_key k ON k.id = l.key_id
"""


@dataclass
class Workshop:
    """A folder of samples. ``scale`` is the size of the large company, ``import_scale`` of the one whose licences are
    imported; ``rounds`` is how often each thing is timed."""

    folder: Path
    scale: str = "large"
    import_scale: str = "medium"
    rounds: int = 15
    postgresql: bool = True
    mail: Path | None = None
    """A folder of messages to import."""
    python: str = sys.executable
    """The interpreter of the environment whose programs are timed."""
    seed: int = 1
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        home = self.folder / "home"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)} | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
        }

    @cached_property
    def large(self) -> Path:
        """The database of the large sample company."""
        return self.sample(self.scale)

    @cached_property
    def small(self) -> Path:
        """The database of the small sample company."""
        return self.sample("small")

    def sample(self, scale: str) -> Path:
        """The database of a sample company; the large one takes some minutes to make."""
        path = self.folder / f"{scale}.db"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            self.remove(unfinished)
            self.turbofly("demo", "--scale", scale, "--seed", str(self.seed), unfinished)
            unfinished.rename(path)
        return path

    def copy_of(self, database: Path, name: str) -> Path:
        """A copy of a sample to write into."""
        copy = self.folder / name
        self.remove(copy)
        shutil.copyfile(database, copy)
        return copy

    def remove(self, database: Path) -> None:
        """Take a database away with all that stands beside it."""
        for one in files_of(database):
            one.unlink(missing_ok=True)

    def turbofly(self, *arguments: str | Path, expected: tuple[int, ...] = (0,)) -> None:
        """Run a command of ours in this environment; raises ``RuntimeError`` with what it said when it fails."""
        command = [sys.executable, "-m", "tui.command_line.main", *map(str, arguments)]
        finished = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True)
        if finished.returncode not in expected:
            raise RuntimeError(f"{' '.join(command)}: {finished.stderr[:2000]}")

    @cached_property
    def programs(self) -> Path:
        """The folder of the programs of an environment without the ``postgres`` extra, made from the lock file."""
        other = "" if self.python == sys.executable else self.python.replace("/", "-")
        environment = self.folder / f"without-postgres{other}"
        made = environment / "made"
        lock = PROJECT / "requirements.lock"
        if not made.exists():
            uv = [sys.executable, "-m", "uv", "--quiet"]
            subprocess.run([*uv, "venv", "--clear", "--python", self.python, environment], check=True)
            subprocess.run(
                [
                    *uv, "pip", "install", "--python", environment / "bin" / "python", "--compile-bytecode",
                    "--constraints", lock, "--build-constraints", lock, "--editable", PROJECT,
                ],
                check=True,
            )  # fmt: skip
            made.touch()
        return environment / "bin"

    @cached_property
    def rows(self) -> Path:
        """The keys and licences of the large company as CSV, as ``rg`` and visidata read them."""
        path = self.folder / f"{self.scale}.csv"
        if not path.exists():
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(("kind", "number", "key", "client", "product", "code"))
                writer.writerows(self.select(self.large, ROWS_LOOKED_THROUGH))
        return path

    def select(self, database: Path, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query."""
        with closing(raw_connection(database)) as connection:
            yield from connection.execute(sql, values)


def program(name: str) -> str | None:
    """The path of a peer's program; None where it is not installed."""
    return shutil.which(name)
