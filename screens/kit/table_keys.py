"""The keys of every list. Descriptions are msgids, translated where the keys are shown."""

from textual.binding import Binding

from models.language import N_

TABLE_BINDINGS = (
    Binding("enter", "open", N_("open"), id="list.open"),
    Binding("slash", "filter", N_("filter"), id="list.filter"),
    Binding("space", "mark", N_("mark"), id="list.mark"),
    Binding("s", "sort", N_("sort"), id="list.sort"),
    Binding("c", "columns", N_("columns"), id="list.columns"),
    Binding("x", "export", N_("export"), id="list.export"),
    Binding("v", "preview", N_("preview"), id="list.preview"),
    Binding("y", "copy_cell", N_("copy"), id="list.copy"),
    Binding("Y", "copy_row", N_("copy the row"), id="list.copy-row", show=False),
    Binding("a", "mark_all", N_("mark all or none"), id="list.mark-all", show=False),
    Binding("r", "repeat", N_("repeat, or try again"), id="list.repeat", show=False),
    Binding("down,j", "down", N_("next row"), id="list.down", show=False),
    Binding("up,k", "up", N_("previous row"), id="list.up", show=False),
    Binding("pagedown", "page_down", N_("next page"), id="list.page-down", show=False),
    Binding("pageup", "page_up", N_("previous page"), id="list.page-up", show=False),
    Binding("home,g", "top", N_("first row"), id="list.top", show=False),
    Binding("end,G", "bottom", N_("last row"), id="list.bottom", show=False),
    Binding("right,l", "next_column", N_("next column"), id="list.next-column", show=False),
    Binding("left,h", "previous_column", N_("previous column"), id="list.previous-column", show=False),
)
