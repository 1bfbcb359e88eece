"""What an operator chose for his lists: their columns, and filters kept under a name.

A small JSON file in his own state directory; it is no part of the company's data. A file that cannot be read or
written costs the choices, never the work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_FILE = "lists.json"


def state_path() -> Path:
    """Where the choices are kept."""
    import platformdirs

    return platformdirs.user_state_path("turbofly") / _FILE


class ListMemory:
    """The choices for all lists; read when first asked for, written at each change."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, dict[str, Any]] | None = None

    def columns(self, list_name: str) -> tuple[str, ...] | None:
        """The ids of the columns to show, in their order; None for the list's own choice."""
        chosen = self._of(list_name).get("columns")
        return tuple(map(str, chosen)) if isinstance(chosen, list) else None

    def keep_columns(self, list_name: str, ids: Sequence[str] | None) -> str:
        """Keep a choice of columns; returns why it could not be written, or nothing."""
        return self._keep(list_name, "columns", None if ids is None else list(ids))

    def filters(self, list_name: str) -> dict[str, str]:
        """The filters kept for a list, by name."""
        kept = self._of(list_name).get("filters")
        return {str(name): str(text) for name, text in kept.items()} if isinstance(kept, dict) else {}

    def keep_filter(self, list_name: str, name: str, text: str) -> str:
        """Keep a filter under a name, or forget it when the text is empty; returns why it could not be written."""
        filters = self.filters(list_name)
        filters.pop(name, None)
        if text:
            filters[name] = text
        return self._keep(list_name, "filters", filters)

    def _of(self, list_name: str) -> dict[str, Any]:
        of_list = self._all().get(list_name)
        return of_list if isinstance(of_list, dict) else {}

    def _all(self) -> dict[str, dict[str, Any]]:
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            kept = json.loads(self._where().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _where(self) -> Path:
        self._path = self._path or state_path()
        return self._path

    def _keep(self, list_name: str, what: str, value: object) -> str:
        kept = self._all()
        kept[list_name] = self._of(list_name) | {what: value}
        path = self._where()
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary.touch(mode=0o600)
            temporary.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(path)
        except OSError as error:
            return error.strerror or str(error)
        return ""
