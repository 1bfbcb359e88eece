"""From the fields of a table of keys to what the keys' area takes."""

from importers.fields.keys import KEY_FIELDS
from importers.kinds import TableKind
from importers.rows import Values
from models.keys.importing import KeyIntake


def _values(read: Values) -> Values:
    return {name: value for name, value in read.items() if value is not None}


KEYS = TableKind(KEY_FIELDS, KeyIntake, lambda _mapping: _values)
