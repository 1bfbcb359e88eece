"""Making the sample company in a new database: what ``demo`` does, and the first start of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from models.errors import RuleBroken
from models.language import _
from tui.command_line.progress import progress_bar

if TYPE_CHECKING:
    from models.database import DatabaseURL

Scale = Literal["small", "medium", "large"]
SEED = 1


def fill(url: DatabaseURL, scale: Scale, seed: int = SEED) -> dict[str, int]:
    """Make the database and fill it; returns the count of rows by table.

    What is interrupted is taken away again. Raises ``RuleBroken`` where there is something already.
    """
    from models.opening import open_database

    path = url.path
    if path is not None and path.exists() and path.stat().st_size:
        raise RuleBroken("path", _("{path} exists already.").format(path=path), _("Give the path of a new database."))
    open_database(url, create=True)
    from models.sample.build import make_sample

    try:
        with progress_bar() as told:
            return make_sample(scale, seed, told)
    except BaseException:
        if path is not None:
            _take_away(url)
        raise


def _take_away(url: DatabaseURL) -> None:
    from models.opening import close_database, files_of

    close_database()
    path = url.path
    assert path is not None
    for leftover in files_of(path):
        leftover.unlink(missing_ok=True)
