"""What the funnel's figures mean, in words: the sentences under the bars."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from models.language import _, ngettext, with_separators
from models.sales.funnel import Bottleneck, Funnel


def spoken(funnel: Funnel) -> list[str]:
    """The funnel in a few sentences: the bottleneck, what rots, what changed since the period before."""
    found = [reason(funnel.bottleneck)] if funnel.bottleneck else []
    if rotting := funnel.rotting.count:
        found.append(
            ngettext(
                "{count} deal stands too long where it is, worth {amount}.",
                "{count} deals stand too long where they are, worth {amount}.",
                rotting,
            ).format(count=rotting, amount=amount(funnel.rotting.amount))
        )
    if funnel.previous is not None and funnel.win_rate is not None and funnel.previous.win_rate is not None:
        found.append(
            _("{now} % of the closed deals were won; {before} % in the period before.").format(
                now=number(funnel.win_rate), before=number(funnel.previous.win_rate)
            )
        )
    return found


def reason(found: Bottleneck) -> str:
    """Why a stage is the bottleneck: what is lost of what leaves it, of all that is lost, and how long it stood."""
    of = found.figures
    parts = [
        _("“{stage}” loses the most: {lost} of {left} deals that left it ({share} %).").format(
            stage=of.stage.name, lost=number(of.lost.count), left=number(of.left.count), share=number(of.loss)
        )
    ]
    if found.by_money:
        parts.append(
            _("They were worth {lost} of {left}; that is {share} % of all money that was lost.").format(
                lost=amount(of.lost.amount), left=amount(of.left.amount), share=number(found.share_of_all)
            )
        )
    else:
        parts.append(_("That is {share} % of all lost deals.").format(share=number(found.share_of_all)))
    if found.lost_days is not None and found.onward_days is not None:
        parts.append(_waiting(found.lost_days, found.onward_days))
    return " ".join(parts)


def _waiting(lost: Decimal, onward: Decimal) -> str:
    if lost > onward:
        said = _("The lost ones stood there {lost} days (median), those that went on {onward}: waiting costs deals.")
    else:
        said = _("The lost ones stood there {lost} days (median), those that went on {onward}.")
    return said.format(lost=number(lost), onward=number(onward))


def amount(value: Decimal) -> str:
    """A sum in whole units of money, thousands apart."""
    return number(value.quantize(Decimal(1), ROUND_HALF_UP))


def number(value: Decimal | int | None) -> str:
    """A number as the operator's language writes it; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return with_separators(text.rstrip("0").rstrip(".") if "." in text else text)
