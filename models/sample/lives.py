"""What becomes of the licences of the sample, and the events that tell of it, as the program would have kept them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, NamedTuple

from models.audit import canonical_all
from models.licensing.tables import LicenceEvent
from models.sample.acquaintance import FIRST_BUYER
from models.sample.keys import SampleKey
from models.sample.loading import BATCH
from models.sample.purchases import Purchase
from models.sample.world import Days, World

_COLUMNS = (
    "licence_id", "kind", "day", "moment", "document_id", "reason", "operator", "from_client_id", "to_client_id",
    "from_end_user_id", "to_end_user_id", "from_key_id", "to_key_id", "before", "after", "client_id",
)  # fmt: skip
_LINKS = ("client", "end_user", "key")
_SUSPENDED, _REVOKED, _PAUSED = 0.004, 0.009, 0.013
_PROLONGED, _TRANSFERRED = 0.12, 0.01
_OPERATOR = "grigory"
_REASONS = {
    "suspend": ("Просрочена оплата по договору.", "По письму клиента: объект законсервирован.", "До возврата ключа."),
    "reinstate": ("Оплата поступила.", "Клиент возобновил работы.", "Ключ возвращён."),
    "revoke": ("Договор расторгнут.", "Выдана по ошибке, клиенту выписана другая.", "Клиент отказался от продукта."),
    "transfer": ("Передача внутри группы компаний.", "Реорганизация: права перешли по передаточному акту."),
    "move": ("Замена ключа.",),
    "renew": ("Сопровождение оплачено на год.",),
}
_Row = tuple[Any, ...]
_Values = dict[str, Any]


class Dates(NamedTuple):
    """The days of licences as they are stored, when they were issued; that of the activation also as an ordinal."""

    issued: str | None = None
    activated: str | None = None
    expires: str | None = None
    maintained: str | None = None
    activated_on: int | None = None


class Step(NamedTuple):
    """Something that becomes of licences on a day, as an event keeps it: what it changes, before and after."""

    day: int
    kind: str
    links: tuple[int | None, ...]
    before: str
    after: str
    document: int | None
    reason: str
    operator: str
    client: int


@dataclass(slots=True)
class Life:
    """What licences of one purchase are today, and the steps that led there, as far as they are told of."""

    client: int
    end_user: int | None
    key: SampleKey | None
    maintained: str | None
    since: int
    """The day since when nothing has become of all of them."""
    told_from: int
    steps: list[Step] = field(default_factory=list)
    mark: str = ""
    """What they are found by beside their numbers."""

    def step(
        self,
        day: int,
        kind: str,
        before: _Values,
        after: _Values,
        *,
        document: int | None = None,
        reason: str = "",
        operator: str = _OPERATOR,
    ) -> None:
        """Let something become of them on a day."""
        self.since = max(self.since, day)
        if day >= self.told_from:
            links = tuple(values.get(name) for name in _LINKS for values in (before, after))
            client = after.get("client", self.client)
            self.steps.append(Step(day, kind, links, _text(before), _text(after), document, reason, operator, client))


def _text(values: _Values) -> str:
    return canonical_all({name: None if name in _LINKS else value for name, value in values.items()})


class Lives:
    """Draws the lives and keeps the events of those years that are told of, until all are written in order of time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random: Random = world.random("lives")
        self._days = Days()
        self._today = world.today.toordinal()
        self._told_from = self._today - round(world.scale.told_years * 365.25)
        self._logins = dict(world.salespeople)
        self._events: list[_Row] = []

    def of(self, purchase: Purchase, dates: Dates) -> Life:
        """The life of all licences of an issued purchase that none superseded."""
        life = self._begin(purchase, dates)
        if purchase.key is not None:
            self._follow_key(life, purchase.key)
        elif not purchase.renewed and purchase.base is None:
            self._transfer_alone(life, purchase)
        if dates.maintained is not None and not purchase.renewed:
            self._prolong(life, purchase)
        life.steps.sort(key=lambda step: step.day)
        return life

    def of_superseded(self, purchase: Purchase, dates: Dates) -> Life:
        """The life of those that a later purchase renewed or upgraded."""
        life = self._begin(purchase, dates)
        follower = purchase.follower
        assert follower is not None
        life.steps = [step for step in life.steps if step.day <= follower.day]
        document = follower.shipped.document if follower.shipped is not None else None
        life.step(
            follower.day, "upgrade", {"state": "issued"}, {"state": "superseded"}, document=document,
            operator=self._login(follower),
        )  # fmt: skip
        return life

    def _begin(self, purchase: Purchase, dates: Dates) -> Life:
        """Issue, where a document tells of it, and activation."""
        life = Life(
            purchase.client, purchase.end_user, purchase.key, dates.maintained, purchase.day, self._told_from
        )  # fmt: skip
        from_issue = purchase.ware.term_from == "issue"
        if purchase.shipped is not None and purchase.day >= self._told_from:
            after: _Values = {"state": "issued", "issued": self._days.text(purchase.day)}
            if dates.maintained is not None:
                after["maintenance_until"] = dates.maintained
            if from_issue and dates.expires is not None:
                after["expires"] = dates.expires
            before = {**dict.fromkeys(after), "state": "reserved"}
            document, login = purchase.shipped.document, self._login(purchase)
            life.step(purchase.day, "issue", before, after, document=document, operator=login)
        if dates.activated_on is not None:
            after = {"activated": dates.activated}
            if not from_issue and dates.expires is not None:
                after["expires"] = dates.expires
            life.step(dates.activated_on, "activate", dict.fromkeys(after), after)
        return life

    def _login(self, purchase: Purchase) -> str:
        return self._logins[self._world.responsible[purchase.client - 1]]

    def _follow_key(self, life: Life, key: SampleKey) -> None:
        """What became of the key became of its licences too."""
        if key.moved_to is not None:
            day, new = key.moved_to
            life.step(day, "move", {"key": key.id}, {"key": new.id}, reason=self._reason("move"))
            life.key = new
        elif key.transferred is not None and key.movements[0].taker == life.client:
            self._transfer(life, *key.transferred)

    def _transfer(self, life: Life, day: int, client: int) -> None:
        before: dict[str, Any] = {"client": life.client}
        after: dict[str, Any] = {"client": client}
        if life.end_user in (life.client, client):
            before["end_user"], after["end_user"] = life.end_user, None
            life.end_user = None
        life.step(day, "transfer", before, after, reason=self._reason("transfer"))
        life.client = client

    def _transfer_alone(self, life: Life, purchase: Purchase) -> None:
        """Licences without a key go to another company of the group now and then."""
        random, world = self._random, self._world
        group = world.group_of.get(purchase.client)
        if group is None or purchase.client == FIRST_BUYER or random.random() > _TRANSFERRED:
            return
        day = random.randint(life.since, self._today)
        others = [one for one in world.groups[group] if one != purchase.client and world.since[one - 1] <= day]
        if others and day >= self._told_from:
            self._transfer(life, day, random.choice(others))

    def _prolong(self, life: Life, purchase: Purchase) -> None:
        """Maintenance is paid for another year now and then; the licence stays the same."""
        months = purchase.ware.maintenance_months or 0
        end = self._days.last_of_term(purchase.day, months)
        while self._random.random() < _PROLONGED:
            day = end - self._random.randrange(20)
            if not max(life.since, self._told_from) <= day <= self._today:
                return
            until = self._days.text(end := self._days.last_of_term(end + 1, months))
            before, after = {"maintenance_until": life.maintained}, {"maintenance_until": until}
            life.step(day, "renew", before, after, reason=self._reason("renew"))
            life.maintained = until

    def state(self, licence: int, life: Life) -> str:
        """What state a licence that none superseded is in; its events are kept."""
        chance = self._random.random()
        self.keep(licence, self._with_own_steps(life, chance) if chance < _PAUSED else life.steps)
        return "suspended" if chance < _SUSPENDED else "revoked" if chance < _REVOKED else "issued"

    def _with_own_steps(self, life: Life, chance: float) -> list[Step]:
        """The steps of one licence that is suspended until today, revoked, or was suspended for a while."""
        own = replace(life, steps=list(life.steps))
        day = self._random.randint(life.since, self._today)
        issued, suspended = {"state": "issued"}, {"state": "suspended"}
        if _SUSPENDED <= chance < _REVOKED:
            own.step(day, "revoke", issued, {"state": "revoked"}, reason=self._reason("revoke"))
            return own.steps
        own.step(day, "suspend", issued, suspended, reason=self._reason("suspend"))
        if chance >= _REVOKED:
            again = min(self._today, day + self._random.randrange(3, 60))
            own.step(again, "reinstate", suspended, issued, reason=self._reason("reinstate"))
        return own.steps

    def _reason(self, kind: str) -> str:
        return self._random.choice(_REASONS[kind])

    def keep(self, licence: int, steps: list[Step]) -> None:
        """Keep steps as events of a licence."""
        for position, step in enumerate(steps, 1):
            self._events.append(self._row(licence, position, step))

    def _row(self, licence: int, position: int, step: Step) -> _Row:
        # What becomes of several licences at once is told once: one change has one moment.
        moment = self._days.moment(step.day, 60 * position)
        return (
            moment, licence, step.kind, self._days.text(step.day), moment, step.document, step.reason, step.operator,
            *step.links, step.before, step.after, step.client,
        )  # fmt: skip

    def write(self) -> None:
        """Write all events in order of time."""
        self._events.sort(key=lambda row: row[:2])
        for first in range(0, len(self._events), BATCH):
            some = self._events[first : first + BATCH]
            rows = [(first + number, *row) for number, row in enumerate(some, 1)]
            self._world.loader.load(LicenceEvent, _COLUMNS, rows)
