"""What a form tells its screen: what the operator meant, in no business's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from models.fields import Field
    from screens.kit.form import Form


class FormMessage(Message, namespace="form"):
    """Posted by a form. Handlers are called ``on_form_…``."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    @property
    def control(self) -> Form:
        """The form, for ``@on(Form.LinkOpened, "#client")``."""
        return self.form


class Typed(FormMessage, namespace="form"):
    """The operator changed what stands in a field."""


class LinkOpened(FormMessage, namespace="form"):
    """The operator wants to see the record that a reference points to."""

    def __init__(self, form: Form, field: Field) -> None:
        super().__init__(form)
        self.field = field


class CopyRequested(FormMessage, namespace="form"):
    """The operator wants this text on his clipboard."""

    def __init__(self, form: Form, text: str) -> None:
        super().__init__(form)
        self.text = text


class NewWanted(FormMessage, namespace="form"):
    """The operator wants a new record for a reference; ``form.pick`` puts it in when it is made."""

    def __init__(self, form: Form, field: Field, text: str) -> None:
        super().__init__(form)
        self.field = field
        self.text = text

    @property
    def known(self) -> dict[str, Any]:
        """What is known already of the new record: the client, of a new contact person of the one in the form."""
        owner = self.form.picked(self.field.within) if self.field.within else None
        return {} if owner is None else {self.field.within: owner}
