"""Where the project lies and which of its files git knows: the ground of the tests about the code as a whole."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("tui", "screens", "importers", "exporters", "models")


def settings() -> dict[str, Any]:
    """The content of ``pyproject.toml``."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked_files(*folders: str) -> list[Path]:
    """The files that git tracks in the folders and that are there, relative to the root, sorted."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *folders], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return sorted(Path(name) for name in listing.split("\0") if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """The tracked Python files of the folders, relative to the root."""
    return [path for path in tracked_files(*folders) if path.suffix == ".py"]


def modules_loaded_by(statement: str) -> set[str]:
    """The top-level names and dotted modules that a fresh process has loaded after the statement."""
    program = f"{statement}\nimport sys\nprint('\\n'.join(['', '--modules--', *sys.modules]))"
    finished = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return set(finished.stdout.partition("--modules--\n")[2].split())
