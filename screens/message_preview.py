"""The pane beside a list of messages: the message under the cursor, as far as it fits."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from models.mail.queries import ReadMessage, read_message
from models.text import shown_lines
from screens.message_text import moment_text
from screens.preview import Preview

_CHARACTERS = 6_000


class MessagePreview(Preview):
    """Who, when, and the beginning of the text."""

    def show(self, kind: str, record_id: int | None) -> None:
        """Show this message; None shows nothing."""
        if record_id is None:
            self.put(Content(""))
            return
        work = partial(read_message, record_id)
        self.gateway.ask(self, "card", work, lambda message: self.put(preview_text(message)), self.say_failure)


def preview_text(message: ReadMessage) -> Content:
    """The subject, the sender, when it came, what is wrong with it, the beginning of its text."""
    senders = ", ".join(str(person) for person in message.people if person.role == "from")
    parts = [
        Content.styled(shown_lines(message.subject), "bold"),
        Content.styled(shown_lines(f"{senders}\n{moment_text(message)}"), "$foreground-muted"),
        *(Content.styled(f"! {shown_lines(defect)}", "$warning") for defect in message.defects[:3]),
        Content(""),
        Content(shown_lines(message.text[:_CHARACTERS])),
    ]
    return Content("\n").join(parts)
