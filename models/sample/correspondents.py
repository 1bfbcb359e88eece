"""Who writes to whom: the people of clients with their boxes, and our operators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from peewee import JOIN

from models.base import plain_rows
from models.clients.tables import Client, EmailAddress, Person
from models.company.tables import Operator
from models.sample.people import latin

OUR_DOMAIN = "licservice.example"
OUR_NAME = "ООО «Лицензия-Сервис»"
OUR_PHONE = "+7 495 120-34-56"


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody with a box; ``person_id`` is None for a client's own one, and for us."""

    address: str
    name: str
    position: str = ""
    person_id: int | None = None

    @property
    def called(self) -> str:
        """First name and patronymic; empty for a box that is nobody's own."""
        parts = self.name.split()
        return " ".join(parts[1:]) if (self.person_id or self.position) and len(parts) == 3 else ""

    @property
    def domain(self) -> str:
        """Where the box is."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Party:
    """A client as its letters show it."""

    id: int
    name: str
    inn: str
    operator_id: int
    people: tuple[Correspondent, ...]


class Correspondents:
    """All clients that can write, and all operators."""

    def __init__(self) -> None:
        self._clients: dict[int, tuple[str, str, int]] = {
            number: (name, inn, operator)
            for number, name, inn, operator in plain_rows(
                Client.select(Client.id, Client.name, Client.inn, Client.responsible)
            )
        }
        self._people: dict[int, list[Correspondent]] = {}
        columns = (EmailAddress.client, EmailAddress.person, EmailAddress.address, Person.name, Person.position)
        boxes = EmailAddress.select(*columns).join(Person, JOIN.LEFT_OUTER).order_by(EmailAddress.id)
        for client, person, address, name, position in plain_rows(boxes):
            called = name or self._clients[client][0]
            self._people.setdefault(client, []).append(Correspondent(address, called, position or "", person))
        rows = plain_rows(Operator.select(Operator.id, Operator.login, Operator.name).order_by(Operator.id))
        self.operators: Mapping[int, Correspondent] = {
            number: Correspondent(f"{login}@{OUR_DOMAIN}", name, "operator") for number, login, name in rows
        }

    def party(self, client_id: int) -> Party | None:
        """A client with its boxes, people before the common one; None where it has none."""
        people = self._people.get(client_id)
        if not people:
            return None
        ordered = sorted(people, key=lambda one: one.person_id is None)
        return Party(client_id, *self._clients[client_id], tuple(ordered))


def private_box(person: Correspondent, domain: str) -> str:
    """A box of a person's own at a public provider: one that no provider gives, for its ``_.`` (nobody gets it)."""
    names = person.name.split()
    return f"{latin(names[0])}_.{latin(names[-1])}@{domain}"


def random_box(random: Random, surname: str) -> str:
    """The part before the ``@`` of somebody unknown."""
    return f"{latin(surname)}{random.choice(('', '.work', f'{random.randrange(70, 99)}'))}"
