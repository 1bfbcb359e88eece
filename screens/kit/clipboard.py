"""Copying inside tmux, where the escape sequence of the clipboard (OSC 52) alone does not reach the operator.

Textual writes OSC 52, which travels over SSH to the operator's own terminal. tmux drops it unless its option
``set-clipboard`` is ``on`` (the default is ``external``), but takes the text from its own command.
"""

import os
import subprocess
import threading

_PATIENCE_SECONDS = 2.0


def give_to_tmux(text: str) -> None:
    """Put text into tmux's buffer and through it into the terminal's clipboard, when this runs inside tmux.

    Does nothing elsewhere. Runs beside the program, since the server of tmux may be busy.
    """
    if os.environ.get("TMUX"):
        threading.Thread(target=_load_buffer, args=(text,), name="clipboard", daemon=True).start()


def _load_buffer(text: str) -> None:
    command = ["tmux", "load-buffer", "-w", "-"]
    try:
        subprocess.run(command, input=text.encode(), capture_output=True, timeout=_PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return
