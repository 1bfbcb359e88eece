"""The keys of every form. Descriptions are msgids, translated where the keys are shown."""

from textual.binding import Binding

from models.language import N_

READING = frozenset({"open", "copy_value", "copy_all", "walk", "walk_to", "page"})
"""The actions that work while the form is read, not while it is edited."""

FORM_BINDINGS = (
    Binding("enter,o", "open", N_("open"), id="form.open"),
    Binding("y", "copy_value", N_("copy"), id="form.copy"),
    Binding("Y", "copy_all", N_("copy the whole card"), show=False, id="form.copy-all"),
    Binding("down,j", "walk(1)", N_("next field"), show=False, id="form.down"),
    Binding("up,k", "walk(-1)", N_("previous field"), show=False, id="form.up"),
    Binding("home,g", "walk_to(0)", N_("first field"), show=False, id="form.top"),
    Binding("end,G", "walk_to(-1)", N_("last field"), show=False, id="form.bottom"),
    Binding("pagedown", "page(1)", N_("next page"), show=False, id="form.page-down"),
    Binding("pageup", "page(-1)", N_("previous page"), show=False, id="form.page-up"),
    # Before the next key is given to the input that has the focus now: over a slow line many keys arrive at once, and
    # what was typed after a tab must not land before it.
    Binding("tab", "step(1)", N_("next field"), show=False, priority=True, id="form.next"),
    Binding("shift+tab", "step(-1)", N_("previous field"), show=False, priority=True, id="form.previous"),
)
