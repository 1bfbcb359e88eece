"""Planning the correspondence: which stories happen when, with whom, about what; and the order of all that is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import chain
from random import Random

from models.base import stored_rows
from models.licensing.tables import Licence
from models.sample.acquaintance import FIRST_BUYER
from models.sample.catalogue import Ware
from models.sample.correspondents import Correspondent, Correspondents, Party
from models.sample.keys import SampleKey
from models.sample.purchases import Purchase, Sold
from models.sample.stories_by_phone import BY_PHONE
from models.sample.stories_of_sales import SALES
from models.sample.stories_of_service import SERVICE
from models.sample.stories_of_today import FRESH
from models.sample.story import Letter, Story, Talk
from models.sample.stray_mail import STRAYS, Stray
from models.sample.world import Told, World

_STORIES = (*SALES, *SERVICE, *BY_PHONE)
_STRAY_SHARE = 0.04
_MEAN_LETTERS = sum(s.weight * sum(isinstance(one, Letter) for one in s.steps) for s in _STORIES) / sum(
    s.weight for s in _STORIES
)
_QUIET_DAYS = 45
"""So long after a story begins, the client has no other: what only their subjects have in common stays apart."""
_LICENCES_NAMED = 12
_ROWS_AT_ONCE = 20_000
_FRESH_EACH, _LETTERS_PER_FRESH = (3, 40), 1_000
_OPENS, _CLOSES = 9 * 60, 18 * 60
_UTC_HOURS = 3


@dataclass(slots=True, eq=False)
class Conversation:
    """One story with one client, as far as it has come; letters add what later ones answer."""

    client: Party
    person: Correspondent
    operator_id: int
    operator: Correspondent
    values: dict[str, str]
    licences: range = range(0)
    key: SampleKey | None = None
    subject: str = ""
    thread: int = 0
    names: list[str] = field(default_factory=list)
    """The Message-IDs of the thread until now."""
    last: tuple[str, str, dt.datetime] | None = None
    """Who wrote the last letter, what he said, and when."""
    message: int = 0
    """The id of the last message."""
    invoice: int | None = None
    """The id of the invoice that is spoken of, where the sales have it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said, at a minute since 1970 (UTC)."""

    minute: int
    what: Letter | Talk | Stray
    of: Conversation


@dataclass(slots=True)
class Correspondence:
    """All that was said, in the order of time; talks that are to come are last."""

    events: list[Event]
    last_said: int
    """The minute after which everything is still to come."""
    talks: list[tuple[int, str, Event]] = field(default_factory=list)
    """The ids of the interactions with their states."""


def plan(world: World, told: Told) -> None:
    """Leave the correspondence of ten years in the world."""
    planner = _Planner(world, told)
    planner.tell_fresh_stories()
    planner.tell_old_stories()
    planner.name_licences()
    events = sorted(planner.events, key=lambda event: event.minute)
    world.correspondence = Correspondence(events, planner.last_said)


class _Planner:
    def __init__(self, world: World, told: Told) -> None:
        self.known = Correspondents()
        self.events: list[Event] = []
        self._world = world
        self._told = told
        self._random: Random = world.random("conversations")
        self._today = world.today.toordinal()
        self.last_said = _minute(self._today, _OPENS + 20)
        self._letters = 0
        self._busy: dict[int, list[int]] = {}
        self._conversations: list[Conversation] = []
        self._invoice = 0
        sold = [one for one in world.purchases if one.count]
        self._sold = {kind: [one for one in sold if one.kind == kind] for kind in ("new", "renewal", "upgrade")}
        self._sold["any"] = sold
        lost = ("lost", "broken", "replaced")
        self._keys = [key for key in world.keys if key.state in lost and key.movements]
        self._wares = [ware for ware in world.wares if ware.weight]

    def tell_fresh_stories(self) -> None:
        """What is under way today, at every scale; a director's and a seller's."""
        least, most = _FRESH_EACH
        each = min(most, max(least, self._world.scale.messages // _LETTERS_PER_FRESH))
        for stray in STRAYS:
            for _one in range(each // 2):
                self._let_stray(stray, self._today - self._random.randrange(1, 15))
        for story in FRESH:
            for number in range(each):
                for _attempt in range(50):
                    if self._tell(story, operator_id=1 if number % 3 == 0 else None):
                        break

    def tell_old_stories(self) -> None:
        """Stories, and single letters between them, until there are enough letters."""
        random, wanted = self._random, self._world.scale.messages
        weights = [story.weight for story in _STORIES]
        stray_weights = [stray.weight for stray in STRAYS]
        turn = 0
        while self._letters < wanted and turn < wanted * 20:
            turn += 1
            if turn % 5_000 == 0:
                self._told(min(self._letters, wanted), wanted)
            if random.random() < _STRAY_SHARE * _MEAN_LETTERS:
                self._let_stray(random.choices(STRAYS, stray_weights)[0])
            else:
                self._tell(random.choices(_STORIES, weights)[0])
        self._told(wanted, wanted)

    def _tell(self, story: Story, operator_id: int | None = None) -> bool:
        """Tell a story if somebody is found whom it can happen to."""
        found = self._subject(story)
        if found is None:
            return False
        client_id, day, purchase, key = found
        party = self.known.party(client_id)
        if party is None:
            return False
        since = self._world.since[client_id - 1]
        day = max(since, (self._today if story in FRESH else day) + self._random.randint(*story.days))
        if (day >= self._today - 1 and story not in FRESH) or self._is_busy(client_id, day):
            return False
        self._busy.setdefault(client_id, []).append(day)
        one = self._conversation(party, operator_id or party.operator_id, purchase, key)
        if purchase is not None and purchase.invoiced is not None and purchase.invoiced.day <= day:
            self._speak_of(purchase.invoiced, one)
        self._conversations.append(one)
        minute = self._working(day, self._random.randrange(_OPENS, _CLOSES))
        for step in story.steps:
            minute = self._later(minute, step.hours)
            if not self._add(Event(minute, step, one)):
                break
        return True

    def _add(self, event: Event) -> bool:
        """Take an event; the first talk that is still to come is planned and ends its story, as a letter does."""
        if event.minute <= self.last_said:
            self.events.append(event)
            self._letters += not isinstance(event.what, Talk)
            return True
        if isinstance(event.what, Talk):
            self.events.append(event)
        return False

    def _is_busy(self, client_id: int, day: int) -> bool:
        return any(abs(day - other) < _QUIET_DAYS for other in self._busy.get(client_id, ()))

    def _subject(self, story: Story) -> tuple[int, int, Purchase | None, SampleKey | None] | None:
        """Client, day, purchase and key that a story is about."""
        random = self._random
        if story.about == "key":
            if not self._keys:
                return None
            key = random.choice(self._keys)
            last = key.movements[-1]
            client = last.taker or last.giver
            return None if client is None else (client, max(key.last_day, last.day), None, key)
        if story.about == "client":
            client = random.randint(FIRST_BUYER, self._world.scale.clients)
            return client, self._world.since[client - 1], None, None
        if story.about == "ending":
            return self._ending()
        sold = self._sold[story.about]
        if not sold:
            return None
        purchase = sold[int(len(sold) * random.random() ** 0.6)]
        return purchase.client, purchase.day, purchase, purchase.key

    def _ending(self) -> tuple[int, int, Purchase | None, SampleKey | None] | None:
        """A purchase whose licences end in the weeks to come."""
        year_ago = self._today - 365
        sold = [one for one in self._sold["any"] if one.ware.term_months == 12 and 2 <= one.day - year_ago <= 45]
        sold = [one for one in sold if one.renewed == 0 and one.ware.term_from == "issue"]
        purchase = self._random.choice(sold) if sold else None
        return None if purchase is None else (purchase.client, purchase.day, purchase, purchase.key)

    def _conversation(
        self, party: Party, operator_id: int, purchase: Purchase | None, key: SampleKey | None
    ) -> Conversation:
        random = self._random
        person = party.people[0]
        operator = self.known.operators[operator_id]
        ware = purchase.ware if purchase is not None else random.choice(self._wares)
        count = purchase.count if purchase is not None else random.choice((1, 2, 3, 5))
        self._invoice += 1
        values = {
            "product": ware.licence_name, "count": copies(count), "price": roubles(ware.price * count),
            "invoice": f"{1000 + self._invoice}", "licences": "", "licence": "", "key": key.number if key else "",
            "make": key.make if key else "", "until": "", "client": party.name, "inn": party.inn,
            "us": operator.called, "them": person.called,
        }  # fmt: skip
        one = Conversation(party, person, operator_id, operator, values, key=key)
        if purchase is not None and purchase.count:
            one.licences = range(purchase.first_licence, purchase.first_licence + min(count, _LICENCES_NAMED))
            values["until"] = self._until(purchase.day, ware)
        else:
            values["until"] = _day_text(self._today + random.randrange(5, 40))
        return one

    @staticmethod
    def _speak_of(invoice: Sold, one: Conversation) -> None:
        one.invoice = invoice.document
        one.values |= {"invoice": invoice.number, "price": roubles(invoice.total)}

    def _until(self, day: int, ware: Ware) -> str:
        return _day_text(day + round((ware.term_months or 12) * 30.44) - 1)

    def _let_stray(self, stray: Stray, day: int | None = None) -> None:
        """A single letter, on any day; it names a client that is known by then."""
        random = self._random
        if day is None:
            day = self._world.first_day + int((self._today - self._world.first_day) * random.random() ** 0.5)
        client_id = random.randint(FIRST_BUYER, self._world.scale.clients)
        party = self.known.party(client_id)
        if party is None or self._world.since[client_id - 1] > day:
            return
        if stray.sender == "private" and not party.people[0].called:
            return
        one = self._conversation(party, party.operator_id, None, None)
        one.values["number"] = f"{day - self._world.first_day + self._invoice:05d}"
        self._add(Event(self._working(day, random.randrange(_OPENS, _CLOSES)), stray, one))

    def name_licences(self) -> None:
        """Read the numbers of the licences that are named: the chapter before wrote them."""
        wanted = list(chain.from_iterable(one.licences for one in self._conversations))
        numbers: dict[int, str] = {}
        for start in range(0, len(wanted), _ROWS_AT_ONCE):
            numbers.update(stored_rows(Licence, ["id", "number"], "id", wanted[start : start + _ROWS_AT_ONCE]))
        for one in self._conversations:
            named = [numbers[number] for number in one.licences if number in numbers]
            one.values["licences"] = "\n".join(f"    {number}" for number in named)
            one.values["licence"] = named[0] if named else "из письма"

    def _later(self, minute: int, hours: float) -> int:
        """So many working hours later, more or less; work goes on in the morning of the next working day."""
        day, of_day = divmod(minute, 24 * 60)
        left = round(hours * 60 * self._random.uniform(0.6, 1.5))
        while left > (room := _CLOSES - _UTC_HOURS * 60 - of_day):
            left -= max(room, 0) + 15 * 60 if hours >= 12 else max(room, 0)
            day, of_day = _next_working(day + 1), _OPENS - _UTC_HOURS * 60
            left = max(left, self._random.randrange(3, 90))
        return day * 24 * 60 + of_day + left

    def _working(self, day: int, minute_of_day: int) -> int:
        return _minute(day + (_next_working(day - _EPOCH) - (day - _EPOCH)), minute_of_day)


_EPOCH = dt.date(1970, 1, 1).toordinal()


def _next_working(day: int) -> int:
    """The day (since 1970, a Thursday) itself, or the Monday after it."""
    weekday = (day + 3) % 7
    return day if weekday < 5 else day + 7 - weekday


def _minute(ordinal: int, minute_of_day: int) -> int:
    """A minute since 1970 in UTC, of a day and a minute in Moscow."""
    return (ordinal - _EPOCH) * 24 * 60 + minute_of_day - _UTC_HOURS * 60


def _day_text(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).strftime("%d.%m.%Y")


def roubles(kopecks: int) -> str:
    """An amount as letters write it."""
    whole = f"{kopecks // 100:,}".replace(",", " ")
    return f"{whole} рублей"


def copies(count: int) -> str:
    """A number of licences in words that go with it."""
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} лицензия"
    few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
    return f"{count} лицензии" if few else f"{count} лицензий"
