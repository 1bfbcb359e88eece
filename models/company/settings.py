"""The settings of the whole company: which there are, what each may be, and reading them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from models.company.tables import Setting
from models.errors import RuleBroken
from models.language import N_, _


class SettingKind(NamedTuple):
    """A setting: its title (an English msgid), its default, and the values it may have (None: any text)."""

    title: str
    default: str
    allowed: Mapping[str, str] | None = None


_CURRENCIES = ("RUB", "USD", "EUR", "KZT", "BYN")
SETTINGS: dict[str, SettingKind] = {
    "base_currency": SettingKind(N_("Base currency"), "RUB", dict(zip(_CURRENCIES, _CURRENCIES, strict=True))),
    "expiring_days": SettingKind(N_("Days before its end from which a licence is “expiring”"), "30"),
    "renewal_reminder_days": SettingKind(
        N_("Days before an end when a reminder of its renewal is set (0: never)"), "0"
    ),
    "own_addresses": SettingKind(N_("Our own e-mail addresses and domains, separated by commas"), ""),
}


_LEAST_DAYS = {"expiring_days": 1, "renewal_reminder_days": 0}
_MOST_DAYS = 3650


def checked_setting(name: str, value: str) -> str:
    """The value as it is kept; raises ``RuleBroken``."""
    kind = SETTINGS.get(name)
    if kind is None:
        raise RuleBroken("name", _("There is no setting “{name}”.").format(name=name))
    text = value.strip()
    if kind.allowed is not None and text not in kind.allowed:
        known = ", ".join(code for code in kind.allowed if code)
        raise RuleBroken(name, _("“{value}” is not possible here.").format(value=text), known)
    least = _LEAST_DAYS.get(name)
    if least is not None and not (text.isascii() and text.isdigit() and least <= int(text) <= _MOST_DAYS):
        remedy = _("Give {least} to {most}.").format(least=least, most=_MOST_DAYS)
        raise RuleBroken(name, _("“{value}” is no number of days.").format(value=text), remedy)
    if name == "own_addresses" and (strange := [one for one in re.split(r"[\s,;]+", text) if one and "." not in one]):
        raise RuleBroken(
            name,
            _("“{value}” is no e-mail address and no domain.").format(value=strange[0]),
            _("Give them as office@example.ru or example.ru."),
        )
    return text


def expiring_days() -> int:
    """From how many days before its end a licence is “expiring”."""
    return int(setting("expiring_days"))


def setting(name: str) -> str:
    """The value of a setting, its default where none was chosen."""
    found = Setting.select(Setting.value).where(Setting.name == name).scalar()
    return SETTINGS[name].default if found is None else str(found)
