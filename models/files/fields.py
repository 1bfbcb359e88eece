"""The fields of an attached file: those that an operator changes, and those that stay as they came."""

from models.fields import Field
from models.language import N_

FILE_FIELDS: tuple[Field, ...] = (
    Field("name", N_("File name"), required=True),
    Field("note", N_("Note"), "lines"),
)
FILE_SHOWN: tuple[Field, ...] = (
    Field("about", N_("Attached to"), "record"),
    Field("content_type", N_("Type")),
    Field("size", N_("Bytes"), "integer"),
    Field("created", N_("Attached"), "moment"),
    Field("operator", N_("Operator"), "reference", reference="operator"),
    Field("sha256", N_("SHA-256")),
)
