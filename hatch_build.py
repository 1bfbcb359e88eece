"""Compiles the message catalogues when a wheel is built or the program is installed for development."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogue(source: Path) -> Path:
    """Write the ``.mo`` beside the ``.po``; fuzzy messages stay out of it. Returns the new file.

    The file is replaced in one step: a running program and parallel tests read it.
    """
    target = source.with_suffix(".mo")
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    draft = target.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as binary:
        write_mo(binary, catalogue)
    draft.replace(target)
    return target


class CatalogueHook(BuildHookInterface[Any]):
    """Runs before hatchling gathers files; git ignores compiled catalogues, so they are named as artifacts."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue under ``models/locale``; ``version`` is *standard* or *editable*."""
        for source in sorted(Path(self.root, "models", "locale").glob("*/LC_MESSAGES/*.po")):
            target = compile_catalogue(source)
            build_data["artifacts"].append(f"/{target.relative_to(self.root).as_posix()}")
