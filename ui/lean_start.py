"""Loads the program's modules without two things that nobody needs, before all others.

Nothing that a start makes is garbage, but Python looks for it thirty times meanwhile.
And from its import on PySide reads the source of every module that is loaded, to
see whether that could ask for `snake_case` (`from __feature__ import`): 800 files
opened, 13 MB of lines kept for good. Nothing here asks for it; a packaged till has
no sources, and does without anyway.
"""

from __future__ import annotations

import builtins
import gc


def start_lean() -> None:
    """Do without both; once there is a window, it looks for garbage (`IdleMemory`)."""
    gc.disable()
    import PySide6.QtCore  # noqa: F401 - puts its own import in the place of Python's

    # Where PySide keeps Python's own: its source, shibokensupport/signature/loader.py.
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
