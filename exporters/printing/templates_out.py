"""The templates of the program, copied to where a company edits them."""

from __future__ import annotations

from pathlib import Path

from exporters.printing.typesetting import TEMPLATES
from models.errors import RuleBroken
from models.language import _


def copy_templates(folder: Path) -> tuple[list[str], list[str]]:
    """Copy every template that is not there yet; returns the names copied, and those left as they were."""
    copied: list[str] = []
    kept: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(TEMPLATES.glob("*.typ")):
            target = folder / source.name
            if target.exists():
                kept.append(source.name)
                continue
            target.write_bytes(source.read_bytes())
            copied.append(source.name)
    except OSError as error:
        raise RuleBroken(
            "file", _("{file} cannot be written: {reason}.").format(file=folder, reason=error.strerror or error)
        ) from error
    return copied, kept
