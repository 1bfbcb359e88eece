"""``turbofly`` itself, but opened at the section of keys instead of the day's: its own arguments follow."""

import sys
from functools import partial

import tui.start

if __name__ == "__main__":
    tui.start.start = partial(tui.start.start, first_section="keys")
    from tui.command_line.main import main

    sys.exit(main())
