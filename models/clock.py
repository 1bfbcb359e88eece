"""The present, asked in one place: moments are UTC, days are those of the operator's time zone."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment in UTC, without a time zone attached, as it is stored."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """The operator's calendar day."""
    return date.today()


def stored(here: datetime) -> datetime:
    """A time of the operator's time zone, as a moment is stored."""
    return here.astimezone(UTC).replace(tzinfo=None)


def local(moment: datetime) -> datetime:
    """A stored moment in the operator's time zone."""
    return moment.replace(tzinfo=UTC).astimezone()
