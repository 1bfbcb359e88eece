"""Certificates, labels and acts of keys, from where they are about: which paper, in which language, where to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from exporters.printing.paper_data import paper_file_name
from exporters.printing.typesetting import pdf_of_paper
from models.kinds import RecordRef
from models.language import LANGUAGES, _, current_language
from models.licensing.papers import PAPERS, PAPERS_OF, Paper, paper_of
from screens.file_saving import tell_failure
from screens.kit.dialogs import PickOne
from screens.pdf_saving import ask_where_to_save
from screens.printing import IN_LANGUAGE, Choice

if TYPE_CHECKING:
    from screens.section import FrameScreen


def print_paper(screen: FrameScreen, ref: RecordRef) -> None:
    """Ask which of its papers is printed, and where to."""
    languages = sorted(LANGUAGES, key=lambda language: language != current_language())
    choices = [
        (Choice(name, language), _(IN_LANGUAGE[language]).format(form=_(PAPERS[name])))
        for language in languages
        for name in PAPERS_OF[ref.kind]
    ]
    screen.app.push_screen(PickOne(_("Print"), choices), partial(_chosen, screen, ref))


def _chosen(screen: FrameScreen, ref: RecordRef, choice: Choice | None) -> None:
    if choice is not None:
        work, then = partial(paper_of, ref, choice.form), partial(_ask_where, screen, choice.language)
        screen.shell.gateway.ask(screen, "form", work, then, partial(tell_failure, screen))


def _ask_where(screen: FrameScreen, language: str, paper: Paper) -> None:
    make = partial(pdf_of_paper, paper, language, screen.shell.office.templates)
    ask_where_to_save(screen, paper_file_name(paper), make)
