"""How often a printer's worker looks, and whom it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.ports.printing import PrintJobState


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the worker looks, in seconds.

    Attributes:
        hold_s: between two looks at a printer that holds a job.
        idle_s: between two looks at a printer that has nothing to do.
        drawer_s: after this a wish to open the drawer has lapsed; a drawer that
            opens by itself minutes later is a danger, not a service.
        watch_s: between two looks at a drawer that somebody watches.
    """

    hold_s: float = 1.0
    idle_s: float = 10.0
    drawer_s: float = 5.0
    watch_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told; called on the printer's thread, so they must return at once.

    Attributes:
        job_changed: job id and its new state, after it is recorded.
        drawer_kicked: whether the printer took the command in time.
        changed: the printer itself is otherwise than before: status or facts.
    """

    job_changed: Callable[[str, PrintJobState], None]
    drawer_kicked: Callable[[bool], None] = lambda _was_kicked: None
    changed: Callable[[], None] = lambda: None
