"""What a row of deals refers to by name: the stage, the operator, the campaign."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.actor import Actor
from models.base import tuples
from models.campaigns.tables import Campaign
from models.company.actions import add_operator
from models.company.permissions import ADMINISTER
from models.company.tables import Operator
from models.errors import RuleBroken
from models.language import _
from models.sales.stage_words import STAGE_WORDS
from models.sales.tables import Stage
from models.text import fold
from models.writing import Change

_NO_LOGIN = re.compile(r"[^a-z0-9]+")


@dataclass
class DealReferences:
    """Stages, operators and campaigns in memory: there are few, and an import asks for each many times."""

    actor: Actor
    _stages: dict[str, Stage] = field(default_factory=dict)
    _operators: dict[str, list[int]] = field(default_factory=dict)
    _campaigns: dict[str, int] = field(default_factory=dict)
    _loaded: bool = False

    def forget(self) -> None:
        """Read them again when they are next asked for."""
        self._loaded = False

    def stage(self, text: str) -> Stage:
        """The stage of a name or a code, else the one that a word of other programs means."""
        self._load()
        folded = fold(text)
        found = self._stages.get(folded) or self._stages.get(STAGE_WORDS.get(folded, ""))
        if found is None:
            names = dict.fromkeys(stage.name for stage in self._stages.values())
            raise RuleBroken(
                "stage",
                _("There is no stage “{name}”.").format(name=text),
                _("Stages of the funnel are: {names}.").format(names=", ".join(names)),
            )
        return found

    def entrance(self, stage: Stage, *, moved_on: bool) -> Stage:
        """Where a deal has come in that is in a stage by now: which ones it went through, a table does not say.

        One that is closed came in where it was worked on; one that is open and has ``moved_on``, at the beginning.
        """
        open_stages = [one for one in dict.fromkeys(self._stages.values()) if one.kind == "open"]
        if not open_stages or (stage.kind == "open" and not moved_on):
            return stage
        return open_stages[0] if stage.kind == "open" else self._stages.get("engaging") or open_stages[0]

    def operator(self, text: str) -> int | None:
        """The operator of a name or login; None for one who is not there yet and may be made.

        Deals keep the name of who worked on them, though he may have left long ago: an inactive operator is made for
        it. That takes the right to make operators; without it the row is refused.
        """
        self._load()
        found = self._operators.get(fold(text), [])
        if len(found) > 1:
            raise RuleBroken(
                "operator", _("Several operators are “{name}”.").format(name=text), _("Give the operator's login.")
            )
        if found:
            return found[0]
        if not self.actor.may(ADMINISTER):
            raise RuleBroken(
                "operator",
                _("There is no operator “{name}”.").format(name=text),
                _("Let a director import the deals: operators who are gone are then made, inactive."),
            )
        return None

    def known_operator(self, text: str) -> int:
        """The operator of a name or login, who has to be there."""
        found = self.operator(text)
        if found is None:
            raise RuleBroken(
                "operator", _("There is no operator “{name}”.").format(name=text), _("Add the operator first.")
            )
        return found

    def make_operator(self, change: Change, name: str) -> int:
        """Make an inactive operator for a name of a table."""
        base = ".".join(filter(None, _NO_LOGIN.split(name.lower())))[:40] or "agent"
        taken = {login for (login,) in tuples(Operator.select(Operator.login))}
        login, number = base, 1
        while login in taken:
            number += 1
            login = f"{base}.{number}"
        return add_operator(change, {"login": login, "name": name, "roles": ("sales",), "active": False})

    def campaign(self, text: str) -> int:
        """The campaign of a name."""
        self._load()
        found = self._campaigns.get(fold(text))
        if found is None:
            raise RuleBroken(
                "campaign", _("There is no campaign “{name}”.").format(name=text), _("Make the campaign first.")
            )
        return found

    def _load(self) -> None:
        if self._loaded:
            return
        self._stages = {}
        for stage in Stage.select().order_by(Stage.position, Stage.id):
            self._stages.setdefault(stage.folded, stage)
            if stage.code:
                self._stages.setdefault(stage.code, stage)
        self._operators = {}
        for operator_id, login, name in tuples(Operator.select(Operator.id, Operator.login, Operator.name)):
            for folded in {fold(login), fold(name)}:
                self._operators.setdefault(folded, []).append(operator_id)
        self._campaigns = dict(tuples(Campaign.select(Campaign.folded, Campaign.id)))
        self._loaded = True
