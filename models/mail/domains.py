"""Domains of e-mail addresses: which belong to one company, and which are anybody's."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

PUBLIC = frozenset(Path(__file__).with_name("public_domains.txt").read_text(encoding="ascii").split())
"""Where anybody gets an address, or from where anybody's mail is sent: such a domain never stands for a client."""

_SUFFIXES_OF_TWO = frozenset({
    "co.uk", "org.uk", "me.uk", "ac.uk", "com.ua", "kiev.ua", "com.by", "com.kz", "com.tr", "com.cn", "com.br",
    "com.au", "co.il", "co.jp", "co.in", "co.kr", "com.ru", "net.ru", "org.ru", "pp.ru", "msk.ru", "spb.ru",
    "nov.ru", "msk.su", "spb.su", "nnov.ru", "ru.com", "ru.net",
})  # fmt: skip
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def folded_address(address: str) -> str:
    """The form in which an address is compared."""
    return address.strip().casefold()


def domain_of(address: str) -> str:
    """The domain of an address, folded; empty where it has none."""
    _local, at, domain = address.rpartition("@")
    return domain.strip(" .>").casefold() if at else ""


def domain_of_site(text: str) -> str:
    """The domain of a web site as a client's card names it; empty for what is none."""
    text = text.strip().casefold()
    host = urlsplit(text if "://" in text else f"//{text}").netloc.rpartition("@")[2].partition(":")[0].strip(".")
    return host.removeprefix("www.") if _HOST.fullmatch(host) else ""


def is_own(domain: str) -> bool:
    """Whether a domain can belong to one company: it is a domain, and no public one nor a machine of one."""
    if not _HOST.fullmatch(domain) or domain in _SUFFIXES_OF_TWO:
        return False
    return not any(one in PUBLIC for one in above(domain))


def above(domain: str) -> list[str]:
    """The domain and those that it stands under, the nearest first, without the country's: a.b.ru, b.ru."""
    labels = domain.split(".")
    return [".".join(labels[n:]) for n in range(len(labels) - 1)]


def company_domains(domain: str) -> list[str]:
    """The domains under which a client may be known whose mail comes from this one; empty for a public one."""
    return [one for one in above(domain) if one not in _SUFFIXES_OF_TWO] if is_own(domain) else []
