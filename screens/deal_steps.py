"""Moving a deal through the funnel from wherever it is seen: one stage on or back, with the reason where it is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from models.errors import DomainError
from models.language import _
from models.sales.actions_deals import move_deal
from models.sales.document_look import deal_step
from models.sales.funnel import StageData
from screens.reason_strip import Reason, ReasonStrip
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    Place = Screen[None] | Widget

_Done = Callable[[], object]


def move_by(place: Place, deal: int, step: int, done: _Done) -> None:
    """Move a deal to the stage after its own, or with -1 before it; ``done`` is called when it stands there."""
    work = partial(deal_step, deal, step)
    shell_of(place).gateway.ask(place, "stage", work, partial(_found, place, deal, done), partial(_refused, place))


def _found(place: Place, deal: int, done: _Done, stages: tuple[StageData | None, StageData | None]) -> None:
    _now, after = stages
    if after is None:
        place.app.notify(_("There is no stage beyond this one."), timeout=3)
    elif after.kind == "lost":
        strip = ReasonStrip(_("Reason"), [(0, _("The deal is lost. Why?"))])
        place.app.push_screen(strip, partial(_lost, place, deal, done, after))
    else:
        _move(place, deal, done, after, "", "")


def _lost(
    place: Place, deal: int, done: _Done, stage: StageData, answers: Mapping[int, Reason] | None
) -> None:  # fmt: skip
    _move(place, deal, done, stage, *(answers or {}).get(0, ("not_stated", "")))


def _move(place: Place, deal: int, done: _Done, stage: StageData, reason: str, competitor: str) -> None:
    shell = shell_of(place)
    work = partial(move_deal, shell.actor, deal, stage.id, reason=reason, competitor=competitor)
    shell.gateway.write(place, work, partial(_moved, place, done, stage), partial(_refused, place))


def _moved(place: Place, done: _Done, stage: StageData, _changed: bool) -> None:
    text = _("The deal is in “{stage}” now.").format(stage=stage.name)
    place.app.notify(f"{text} {_('u takes it back.')}")
    done()


def _refused(place: Place, error: Exception) -> None:
    if not isinstance(error, DomainError):
        raise error
    place.app.notify(str(error), severity="warning", timeout=10)
