"""Printing as the core sees it: jobs in a queue, and a rasteriser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos_app.documents.label import Label
from pos_app.documents.layout import Layout
from pos_app.values.times import Timestamp


class PrintJobState(StrEnum):
    """Where a print job stands (law 11)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"  # all bytes accepted; the printer cannot say more
    CONFIRMED = "confirmed"  # the printer answered that it processed the job
    HELD = "held"  # nothing sent yet; waits for paper, cover, cable
    UNKNOWN = "unknown"  # some bytes went out and no answer came: ask a person
    FAILED = "failed"  # nothing went out and it never will
    CANCELLED = "cancelled"


#: States in which the worker has nothing left to do by itself.
SETTLED = frozenset(
    {
        PrintJobState.SENT,
        PrintJobState.CONFIRMED,
        PrintJobState.UNKNOWN,
        PrintJobState.FAILED,
        PrintJobState.CANCELLED,
    }
)


#: Kinds of jobs that hold no labels: they measure the roll, and move it on by one.
LABEL_CALIBRATE, LABEL_FEED = "label_calibrate", "label_feed"
#: Kinds of jobs that only a printer of labels takes.
LABEL_JOBS = frozenset({"label", LABEL_CALIBRATE, LABEL_FEED})
#: The kind of a badge's job.
BADGE_PAPER = "badge"
GIFT_CARD_PAPER = "gift_card"
COUPON_PAPER = "coupon"
#: Papers that hold a secret: wiped from the queue once nothing prints them any more,
#: and never printed a second time (law 14).
SECRET_PAPERS = frozenset({BADGE_PAPER, GIFT_CARD_PAPER, COUPON_PAPER})


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One document on its way to one printer.

    Attributes:
        job_id: UUIDv7.
        document_id: the sale or document printed.
        kind: "slip", "test"; unique with document_id and copy_number.
        copy_number: 0 is the original; reprints are COPY 1, 2 ...
        printer: name of the printer in the settings.
        layout: the document, device-free (rendered for the printer when sent).
        opens_drawer: kept from older releases; the drawer is asked for by itself
            (`PrinterPort.open_drawer`), so that no waiting slip keeps it shut.
        state: where it stands.
        offset_bytes: how many bytes the printer accepted so far.
        reason: why it is held or failed: "paper_out", "cover_open", "offline",
            "unreachable", "other"; "" otherwise.
        queued_at: when it was asked for.
    """

    job_id: str
    document_id: str
    kind: str
    copy_number: int
    printer: str
    layout: Layout
    opens_drawer: bool
    state: PrintJobState
    offset_bytes: int
    reason: str
    queued_at: Timestamp


@dataclass(frozen=True, slots=True)
class OpenJob:
    """What is known of a job that is not settled, without what it prints.

    Attributes:
        kind, printer, state: as of `PrintJob`.
    """

    kind: str
    printer: str
    state: PrintJobState


class PrintQueue(Protocol):
    """The durable queue, in the ledger. Called from the printer's own thread."""

    def next_job(self, printer: str) -> PrintJob | None:
        """Return the oldest job of `printer` that is QUEUED or HELD."""
        ...

    def claim(self, job: PrintJob) -> bool:
        """Mark a waiting job SENDING; durable when it returns.

        Returns:
            False when it was cancelled, or moved to another printer, meanwhile: then
            it is not to be printed here. No two printers can claim one job.
        """
        ...

    def hold(self, job: PrintJob, reason: str) -> bool:
        """Mark a waiting job HELD; False as for `claim`."""
        ...

    def set_state(
        self, job_id: str, state: PrintJobState, *, offset_bytes: int, reason: str
    ) -> None:
        """Record where a claimed job stands; durable when it returns."""
        ...

    def interrupted(self, printer: str) -> tuple[PrintJob, ...]:
        """Return the jobs that were SENDING when the till last stopped."""
        ...


class PrinterStatus(StrEnum):
    """What a printer says of itself."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"  # it answers, but refuses to print
    UNREACHABLE = "unreachable"  # nothing answers
    UNKNOWN = "unknown"  # it has no way to tell


class Rasteriser(Protocol):
    """Draws a layout as a picture; the preview on screen and the slip as PNG."""

    def png(self, layout: Layout, width_dots: int) -> bytes:
        """Return the layout as a black-and-white PNG of `width_dots` pixels."""
        ...

    def label_png(self, label: Label, language: str, dots_per_inch: int) -> bytes:
        """Return a label as a black-and-white PNG, exactly as large as its sheet."""
        ...


class PrinterPort(Protocol):
    """The running printer as bootstrap hands it to the services."""

    def wake(self) -> None:
        """Say that a job may be waiting; returns at once."""
        ...

    def status(self) -> PrinterStatus:
        """Return the last status known; never waits."""
        ...

    def open_drawer(self) -> None:
        """Kick the cash drawer once, soon; never retried by itself."""
        ...
