"""What is taken out of a message: attachments and the original onto the disk, links and text onto the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.saved_file import downloads, save_file
from models.files.paths import typed_path
from models.language import _
from models.mail.queries import original
from models.text import shown
from screens.file_saving import tell_failure
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import PickOne
from screens.message_text import part_text

if TYPE_CHECKING:
    from models.mail.queries import ReadMessage, ReadPart
    from screens.section import FrameScreen


def ask_which_part(screen: FrameScreen, message: ReadMessage) -> None:
    """Ask for the attachment, where there are several, then where to put it."""
    if not message.parts:
        screen.notify(_("Nothing is attached."), timeout=3)
    elif len(message.parts) == 1:
        _save_part(screen, message.id, message.parts[0])
    else:
        choices = [(part, f"{number}. {part_text(part)}") for number, part in enumerate(message.parts, 1)]

        def picked(part: ReadPart | None) -> None:
            if part is not None:
                _save_part(screen, message.id, part)

        screen.app.push_screen(PickOne(_("Save an attachment"), choices), picked)


def _save_part(screen: FrameScreen, message_id: int, part: ReadPart) -> None:
    from importers.mail_parts import part_content

    _ask_where(screen, part.name, partial(part_content, message_id, part.position))


def save_original(screen: FrameScreen, message_id: int) -> None:
    """Ask where to put the message, as it came, byte for byte."""
    _ask_where(screen, f"message-{message_id}.eml", partial(original, message_id))


def _ask_where(screen: FrameScreen, name: str, content: Callable[[], bytes]) -> None:
    prompt = _("“{name}” is written there: a folder, or the name of a new file.").format(name=name)
    dialog = AskPath(screen.shell.gateway, _("Save to disk"), prompt, value=f"{downloads()}/", check=typed_path)

    def answered(text: str | None) -> None:
        if text is None:
            return
        target = typed_path(text)
        work = partial(_save, target, name, content)
        screen.shell.gateway.ask(screen, "save", work, saved, partial(tell_failure, screen))

    def saved(path: Path) -> None:
        screen.notify(_("Saved: {place}").format(place=shown(str(path))), timeout=8)

    screen.app.push_screen(dialog, answered)


def _save(target: Path, name: str, content: Callable[[], bytes]) -> Path:
    return save_file(target, name, content())


def copy_from(screen: FrameScreen, message: ReadMessage) -> None:
    """Ask what to copy: links first, by their numbers, then addresses, then the rest."""
    choices = [(link, f"[{number}] {link}") for number, link in enumerate(message.links, 1)]
    addresses = dict.fromkeys(person.address for person in message.people if person.address)
    choices += [(address, address) for address in addresses]
    choices += [
        (text, f"{title}: {text[:60]}")
        for title, text in ((_("Subject"), message.subject), ("Message-ID", message.message_id))
        if text
    ]
    choices.append((message.text, _("the whole text")))

    def picked(text: str | None) -> None:
        if text is not None:
            screen.app.copy_to_clipboard(text)
            screen.notify(_("Copied: {text}").format(text=shown(text)[:60]), timeout=2)

    screen.app.push_screen(PickOne(_("Copy to the clipboard"), choices), picked)
