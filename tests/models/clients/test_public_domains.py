"""Which domains of mail say whose an address is."""

import pytest

from models.clients.public_domains import PUBLIC_DOMAINS, domain_of, is_public_domain, own_domain


@pytest.mark.parametrize("domain", ["gmail.com", "MAIL.RU", "yandex.com.tr", "yahoo.co.uk", "hotmail.fr", "почта.рф"])
def test_a_public_domain_says_nothing(domain: str) -> None:
    assert is_public_domain(domain)
    assert own_domain(f"ivan@{domain}") == ""


@pytest.mark.parametrize("domain", ["romashka.ru", "mail.romashka.ru", "notgmail.com", "yahoo.romashka.ru", ""])
def test_every_other_domain_is_its_owners(domain: str) -> None:
    assert not is_public_domain(domain)
    assert own_domain(f"ivan@{domain}") == domain


def test_the_domain_of_what_is_no_address_is_empty() -> None:
    assert domain_of("romashka.ru") == domain_of("") == ""
    assert domain_of("Иван <Ivan@Romashka.RU>") == "romashka.ru"


def test_the_list_is_of_domains_in_lower_case() -> None:
    assert all(domain == domain.casefold() and "." in domain and " " not in domain for domain in PUBLIC_DOMAINS)
