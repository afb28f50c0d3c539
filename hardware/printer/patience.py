"""How long the till waits for a printer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the till waits for a printer, in seconds.

    Attributes:
        connect_s: for a connection. status_s: for the answers to DLE EOT.
        chunk_s: for one chunk before it counts as a stall.
        confirm_s: for the answer to GS r 1 of a printer that is ready.
        stall_s: for a stall, or for paper in the middle of a slip, to end.
        stall_word_s: of a stall before people are told that it refuses.
        flush_s: for the answer to a flush after an interrupted job.
        spool_s: for the system's spooler to take a whole document.
        quiet_s: of silence after it, before the next job's answer is believed.
    """

    connect_s: float = 3.0
    status_s: float = 0.5
    chunk_s: float = 1.0
    confirm_s: float = 30.0
    stall_s: float = 900.0
    stall_word_s: float = 2.0
    flush_s: float = 10.0
    spool_s: float = 10.0
    quiet_s: float = 0.3
