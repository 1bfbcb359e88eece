"""From the fields of a table of licences to what the licences' area takes."""

from importers.fields.licences import LICENCE_FIELDS
from importers.kinds import TableKind
from importers.rows import Values
from models.licensing.importing import LicenceIntake

# A table that has such a column says by an empty cell that there is no end; one that has not leaves it to the product.
_SAID_BY_EMPTINESS = ("expires", "maintenance_until")


def _values(read: Values) -> Values:
    return {name: value for name, value in read.items() if value is not None or name in _SAID_BY_EMPTINESS}


LICENCES = TableKind(LICENCE_FIELDS, LicenceIntake, lambda _mapping: _values, follows=("supersedes", "number"))
