"""A layout as a job's bytes, in whichever language the printer speaks."""

from __future__ import annotations

from hardware.printer import escpos, star
from hardware.printer.dialect import Dialect
from hardware.printer.profile import PrinterProfile
from pos_app.documents.layout import Layout


def encode(layout: Layout, profile: PrinterProfile) -> bytes:
    """Return one whole job.

    Raises:
        DeviceError: what `hardware.printer.job_encoder.job_body` raises.
    """
    speak = star.encode if profile.language == "star" else escpos.encode
    return speak(layout, profile)


def dialect_of(profile: PrinterProfile) -> Dialect:
    """Return the commands of a printer."""
    if profile.language == "star":
        return star.StarDialect(profile)
    return escpos.EscposDialect(profile)
