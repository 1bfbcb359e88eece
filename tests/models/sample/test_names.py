"""Names of the sample's clients: none twice, and none of them leads to a stranger."""

from __future__ import annotations

from random import Random

from models.clients.fields import check_email
from models.sample.names import NamesGiven
from models.sample.people import latin, person_name
from models.sample.places import CITIES, pick_city
from models.text import clean


def test_many_clients_have_names_and_domains_of_their_own() -> None:
    random = Random(7)
    names = NamesGiven(random)
    found = [(names.client(city), city) for city in (pick_city(random) for _client in range(20_000))]
    assert len({name.name for name, _city in found}) == len(found)
    domains = {names.domain(name.domain_base, city.tax_region) for name, city in found}
    assert len(domains) == len(found)
    assert all(domain.endswith(".example") and domain.isascii() for domain in domains)
    assert all(clean(name.name) == name.name and len(name.name) < 100 for name, _city in found)
    assert {name.kind for name, _city in found} == {"company", "sole_trader"}


def test_as_many_groups_as_the_largest_sample_has_are_told_apart() -> None:
    names = NamesGiven(Random(7))
    assert len({names.group() for _group in range(4_000)}) == 4_000


def test_people_have_latin_addresses() -> None:
    random = Random(7)
    for _person in range(500):
        name = person_name(random)
        address = f"{latin(name.first[0])}.{latin(name.surname)}@company.example"
        assert check_email(address) == address
        assert address.isascii()
        assert name.surname.endswith("а") == name.female == name.patronymic.endswith("на")


def test_every_city_has_codes_that_make_numbers_of_the_right_length() -> None:
    assert len({city.name for city in CITIES}) == len(CITIES)
    for city in CITIES:
        assert len(city.tax_region) == 2
        assert len(city.postal_prefix) == 3
        assert 3 <= len(city.phone_code) <= 5
