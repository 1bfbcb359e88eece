"""What hangs on the clients of a batch: people, phones, e-mail addresses, addresses, bank accounts, tags."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any, ClassVar

from models.clients.contacts import digits_of
from models.lookup import lookup_text
from models.sample import requisites
from models.sample.names import ClientName
from models.sample.people import POSITIONS, PersonName, latin, person_name
from models.sample.places import City, address, mobile, phone
from models.sample.wordlist import words

_PEOPLE, _PEOPLE_WEIGHTS = (0, 1, 2, 3, 5), (42, 80, 94, 99, 100)
_TAGS = words(
    """
    проектировщики|машиностроение|строительство|образование|тендер|постоплата|ЭДО|сопровождение|VIP|энергетика
    |изыскания|госзаказ|партнёр|учебный центр|филиальная сеть
    """
)
_TAG_WEIGHTS = (14, 26, 40, 46, 54, 60, 72, 80, 83, 88, 92, 95, 97, 98, 100)


class Contacts:
    """Draws the contacts of one client after the other; the rows of a batch are in its lists, ids run through."""

    PERSON_COLUMNS: ClassVar = ("client_id", "name", "position", "birthday")
    PHONE_COLUMNS: ClassVar = ("client_id", "person_id", "number", "digits")
    EMAIL_COLUMNS: ClassVar = ("client_id", "person_id", "address", "folded")
    ADDRESS_COLUMNS: ClassVar = ("client_id", "kind", "text", "country", "region", "city", "postal_code")
    ACCOUNT_COLUMNS: ClassVar = ("client_id", "bank", "bik", "account")
    TAG_COLUMNS: ClassVar = ("client_id", "tag")

    def __init__(self, random: Random) -> None:
        self._random = random
        self._ids = dict.fromkeys(("person", "phone", "email", "address", "account", "tag"), 0)
        self._position_marks = {position: lookup_text([position]) for position in POSITIONS}
        self.begin()

    def begin(self) -> None:
        """Begin another batch."""
        self.people: list[tuple[Any, ...]] = []
        self.person_texts: list[tuple[int, str]] = []
        self.phones: list[tuple[Any, ...]] = []
        self.emails: list[tuple[Any, ...]] = []
        self.addresses: list[tuple[Any, ...]] = []
        self.accounts: list[tuple[Any, ...]] = []
        self.tags: list[tuple[Any, ...]] = []
        self.client_fields: list[str] = []

    def _next(self, kind: str) -> int:
        self._ids[kind] += 1
        return self._ids[kind]

    def draw(self, client_id: int, created: str, mark: str, named: ClientName, city: City, domain: str) -> None:
        """Draw everything of one client; ``client_fields`` are then what the client itself is reached by."""
        random = self._random
        phones: list[str] = []
        emails: list[str] = []
        if random.random() < 0.75:
            phones.append(self._phone(client_id, None, created, phone(random, city)))
        if random.random() < 0.5:
            box = random.choice(("info", "office", "mail", "zakupki", "secretary"))
            emails.append(self._email(client_id, None, created, f"{box}@{domain}"))
        self.client_fields = [*phones, *emails]
        self._draw_address(client_id, created, city)
        self._draw_account(client_id, created, named)
        for tag in dict.fromkeys(random.choices(_TAGS, cum_weights=_TAG_WEIGHTS, k=random.choice((0, 0, 0, 1, 1, 2)))):
            self.tags.append((self._next("tag"), created, client_id, tag))
        boxes: set[str] = set()
        for number in range(random.choices(_PEOPLE, cum_weights=_PEOPLE_WEIGHTS)[0]):
            own = named.person if number == 0 and named.person is not None else None
            self._draw_person(client_id, created, mark, own, city, domain, boxes)

    def _draw_address(self, client_id: int, created: str, city: City) -> None:
        random = self._random
        kinds = ("legal", "postal") if random.random() < 0.12 else ("legal",) if random.random() < 0.85 else ()
        for kind in kinds:
            text, postal_code = address(random, city)
            row = (self._next("address"), created, client_id, kind, text, "RU", city.region, city.name, postal_code)
            self.addresses.append(row)

    def _draw_account(self, client_id: int, created: str, named: ClientName) -> None:
        random = self._random
        if named.public or random.random() > 0.4:
            return
        bank = random.choice(requisites.BANKS)
        account = requisites.bank_account(random, bank, "40802" if named.person is not None else "40702")
        self.accounts.append((self._next("account"), created, client_id, bank.name, bank.bik, account))

    def _draw_person(
        self,
        client_id: int,
        created: str,
        client_mark: str,
        own: PersonName | None,
        city: City,
        domain: str,
        boxes: set[str],
    ) -> None:
        random = self._random
        person_id = self._next("person")
        name = own or person_name(random)
        position = random.choice(POSITIONS) if own is None else "директор"
        birthday = None
        if random.random() < 0.15:
            birthday = dt.date(random.randint(1958, 2001), random.randint(1, 12), random.randint(1, 28)).isoformat()
        self.people.append((person_id, created, client_id, name.full, position, birthday))
        fields = [lookup_text([name.full]), client_mark, self._position_marks[position]]
        reached_by: list[str] = []
        if random.random() < 0.65:
            number = mobile(random) if random.random() < 0.6 else phone(random, city)
            reached_by.append(self._phone(client_id, person_id, created, number))
        box = f"{latin(name.first[0])}.{latin(name.surname)}"
        if random.random() < 0.75 and box not in boxes:
            boxes.add(box)
            reached_by.append(self._email(client_id, person_id, created, f"{box}@{domain}"))
        if reached_by:
            fields.append(lookup_text(reached_by))
        self.person_texts.append((person_id, " ".join(fields)))

    def _phone(self, client_id: int, person_id: int | None, created: str, number: str) -> str:
        digits = digits_of(number)
        self.phones.append((self._next("phone"), created, client_id, person_id, number, digits))
        return digits

    def _email(self, client_id: int, person_id: int | None, created: str, text: str) -> str:
        self.emails.append((self._next("email"), created, client_id, person_id, text, text.casefold()))
        return text
