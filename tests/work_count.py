"""Work that is counted: no clock, so that a busy machine finds the same."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def calls_of(action: Callable[..., Any], *what: Any) -> int:
    """Count what is called on this thread while something is done."""
    count = 0

    def on_event(_frame: object, event: str, _more: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(on_event)
    try:
        action(*what)
    finally:
        sys.setprofile(None)
    return count
