"""How the numbers of item instances are written."""


def instance_number(serial: int) -> str:
    """How the number of an instance is written."""
    return f"I-{serial:06d}"
