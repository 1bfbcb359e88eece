"""The fields of an attached file that an operator changes."""

from models.fields import Field
from models.language import N_

FILE_FIELDS: tuple[Field, ...] = (
    Field("name", N_("File name"), required=True),
    Field("note", N_("Note"), "lines"),
)
