"""From what happens to the letter that tells it: greeting, text, signature, what it quotes and encloses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from models.sample.conversations import Conversation, Event
from models.sample.correspondents import OUR_DOMAIN, OUR_NAME, OUR_PHONE, Correspondent, private_box, random_box
from models.sample.enclosures import enclosure
from models.sample.originals import WINDOWS, Box, Written
from models.sample.people import person_name
from models.sample.story import Letter, Talk
from models.sample.stray_mail import PRIVATE_DOMAIN, Stray

OFFICE: Box = (OUR_NAME, f"office@{OUR_DOMAIN}")
_EPOCH = dt.datetime(1970, 1, 1)
_MOSCOW = dt.timedelta(hours=3)
_PROGRAMS = (
    ("User-Agent", "Mozilla Thunderbird"),
    ("X-Mailer", "Microsoft Outlook 16.0"),
    ("X-Mailer", "The Bat! (v9.3) Professional"),
    ("", ""),
)
_OUR_PROGRAM = ("User-Agent", "Mozilla Thunderbird")
_WINDOWS, _EIGHT_BIT, _QUOTED, _PRIVATE, _BOOKKEEPERS = 0.12, 0.35, 0.8, 0.05, 0.07
_QUOTED_LINES = 14


def letter_of(event: Event, random: Random) -> Written:
    """The letter of an event; its conversation remembers it, for those that answer it."""
    assert not isinstance(event.what, Talk)
    moment = _EPOCH + dt.timedelta(minutes=event.minute, seconds=random.randrange(60))
    if isinstance(event.what, Stray):
        return _stray(event.what, event.of, moment, random)
    return _of_story(event.what, event.of, moment, random)


def _of_story(letter: Letter, of: Conversation, moment: dt.datetime, random: Random) -> Written:
    answers = not letter.subject and bool(of.names)
    if letter.subject:
        of.subject, of.names, of.thread = letter.subject.format_map(of.values), [], 0
    them, us = _them(of, random, answers=answers and not letter.ours), of.operator
    sender, other = (us, them) if letter.ours else (them, us)
    said = f"{_greeting(letter, of, random)}\n\n{_text(letter.texts, of, random)}\n\n{_signature(sender, of)}"
    quotes = answers and of.last is not None and of.last[0] != sender.name and random.random() < _QUOTED
    text = said + (_quoted(of) if quotes else "")
    told = {"sent": moment.date().isoformat(), "from": sender.address}
    written = Written(
        moment, f"{random.getrandbits(64):016x}@{sender.domain}", (sender.name, sender.address),
        [(other.name, other.address)], f"Re: {of.subject}" if answers else of.subject, text,
        references=tuple(of.names) if answers else (),
        enclosures=[enclosure(kind, of.values | told) for kind in letter.files],
    )  # fmt: skip
    if letter.copy_to_colleague:
        written.cc = [OFFICE]
    of.names.append(written.message_id)
    of.last = (sender.name, said, moment)
    return _styled(written, random, ours=letter.ours)


def _them(of: Conversation, random: Random, *, answers: bool) -> Correspondent:
    """Who of the client is on the other side; an answer may come from a private box, or from the bookkeepers."""
    chance = random.random()
    if answers and chance < _PRIVATE and of.person.called:
        return Correspondent(private_box(of.person, PRIVATE_DOMAIN), of.person.name, of.person.position)
    if answers and chance < _PRIVATE + _BOOKKEEPERS:
        return Correspondent(f"buh@{of.person.domain}", "Бухгалтерия")
    return of.person


def _text(texts: Sequence[str], of: Conversation, random: Random) -> str:
    """One of the texts for which the conversation knows all that they name."""
    unknown = [f"{{{name}}}" for name, value in of.values.items() if not value]
    fitting = [text for text in texts if not any(name in text for name in unknown)]
    return random.choice(fitting or texts).format_map(of.values)


def _greeting(letter: Letter, of: Conversation, random: Random) -> str:
    name = of.values["them" if letter.ours else "us"]
    if not name or (not letter.ours and len(of.names) == 0 and random.random() < 0.5):
        return random.choice(("Добрый день!", "Здравствуйте!"))
    return random.choice(("{}, добрый день!", "Здравствуйте, {}!", "Добрый день, {}!")).format(name)


def _signature(sender: Correspondent, of: Conversation) -> str:
    if sender is of.operator:
        return f"С уважением,\n{sender.name}\n{OUR_NAME}\n{OUR_PHONE}"
    lines = ["С уважением,", sender.name, sender.position, of.client.name]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _quoted(of: Conversation) -> str:
    assert of.last is not None
    name, said, moment = of.last
    lines = "\n".join(f"> {line}".rstrip() for line in said.split("\n")[:_QUOTED_LINES])
    return f"\n\n{moment + _MOSCOW:%d.%m.%Y %H:%M}, {name} пишет:\n{lines}"


def _styled(written: Written, random: Random, *, ours: bool) -> Written:
    """As the sender's mail program would write it."""
    written.program = _OUR_PROGRAM if ours else random.choice(_PROGRAMS)
    if not ours:
        written.received_by = f"mail.{OUR_DOMAIN}"
    if random.random() < _EIGHT_BIT or ours:
        written.encoding = "8bit"
    elif random.random() < _WINDOWS and _fits(written, WINDOWS):
        written.charset = WINDOWS
    return written


def _fits(written: Written, charset: str) -> bool:
    boxes = (written.sender, *written.to, *written.cc)
    try:
        "".join((written.subject, written.text, *(name for name, _address in boxes))).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _stray(stray: Stray, of: Conversation, moment: dt.datetime, random: Random) -> Written:
    sender, to = _stray_sender(stray, of, random), OFFICE
    if stray.sender == "colleague":
        to = ("Орлов Григорий Ильич", f"grigory@{OUR_DOMAIN}")
    links = [link.format_map(of.values) for link in stray.links]
    text = _text(stray.texts, of, random)
    text = f"Здравствуйте!\n\n{text}" + "".join(f"\n\n{link}" for link in links)
    if stray.sender in ("stranger", "private"):
        text += f"\n\n{sender[0]}"
    written = Written(
        moment, f"{random.getrandbits(64):016x}@{sender[1].rpartition('@')[2]}", sender, [to],
        stray.subject.format_map(of.values), text, list_id=stray.list_id,
        html=f"<html><body><p>{text.replace(chr(10), '<br>')}</p></body></html>" if stray.list_id else "",
    )  # fmt: skip
    return _styled(written, random, ours=stray.sender == "colleague")


def _stray_sender(stray: Stray, of: Conversation, random: Random) -> Box:
    if stray.sender == "colleague":
        return of.operator.name, of.operator.address
    if stray.sender == "private":
        return of.person.name, private_box(of.person, PRIVATE_DOMAIN)
    if stray.sender != "stranger":
        return stray.sender, stray.address
    person = person_name(random)
    domain = f"podryad-{random.randrange(1_000)}.example" if random.random() < 0.5 else PRIVATE_DOMAIN
    box = random_box(random, person.surname)
    box = f"{box}_.{random.randrange(10)}" if domain == PRIVATE_DOMAIN else box
    return person.full, f"{box}@{domain}"
