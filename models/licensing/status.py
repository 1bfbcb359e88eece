"""What state a licence is in today: derived from its stored state and its dates, nowhere stored."""

from __future__ import annotations

import datetime as dt


def licence_status(
    state: str,
    term_from: str,
    activated: dt.date | None,
    expires: dt.date | None,
    today: dt.date,
    expiring_days: int,
) -> str:
    """One of ``LICENCE_STATUSES``.

    What was suspended, superseded or revoked stays so; reserved, or issued with a term that counts from an activation
    that has not come, is inactive; else the day of expiry decides. The licence still holds on that day.
    It is *expiring* from ``expiring_days`` before it on.
    """
    if state in ("suspended", "superseded", "revoked"):
        return state
    if state == "reserved" or (term_from == "activation" and activated is None):
        return "inactive"
    if expires is None or expires > today + dt.timedelta(days=expiring_days):
        return "active"
    return "expiring" if expires >= today else "expired"
