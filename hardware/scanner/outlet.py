"""Where a scanner's codes leave: marks taken off, measured, said to the counter."""

from __future__ import annotations

import re

from hardware.driver import DriverContext
from hardware.scanner.framing import Frame, decoded, text_of, without_marks
from pos_app.domain.scanner_learning import meant_signs, shown_signs
from pos_app.ports.devices import DeviceHealth, DeviceReport, DeviceSettings
from pos_app.services.credentials import holds_badge
from pos_app.services.payment_secrets import is_payment_code
from pos_app.values.gs1.symbology import read_identifier

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
#: What is said of a code that nobody may keep (badges, cards, wallets).
_HIDDEN = "•••"
#: More of a code than this is not shown on the settings page.
_SHOWN_CHARS = 80


class ScanOutlet:
    """Takes frames of one scanner; on its own thread.

    Args:
        settings: of the scanner; its options "prefix", "suffix", "charset".
        context: who is told.
    """

    def __init__(self, settings: DeviceSettings, context: DriverContext) -> None:
        options = settings.options
        self._device_id = settings.device_id
        self._context = context
        self._prefix = meant_signs(str(options.get("prefix", "")))
        self._suffix = meant_signs(str(options.get("suffix", "")))
        self._charset = str(options.get("charset", ""))
        self._last: DeviceReport | None = None

    def take(self, frame: Frame, took_ms: int) -> None:
        """Hand over the code of a frame, or say why it is none.

        Args:
            frame: what lay between two ends.
            took_ms: from its first byte to its last.
        """
        text = text_of(frame.body, self._charset)
        if frame.lost:
            self.warn("scan_too_long")
            return
        if not text:
            self.warn("scan_unreadable")
            return
        code = without_marks(text, self._prefix, self._suffix)
        if not code:
            self.warn("scan_unreadable")
            return
        self._context.on_scan(code)
        raw = decoded(frame.raw, self._charset)
        self._tell(DeviceHealth.WORKING, "device_works", _facts(code, raw, took_ms))
        # Whoever is just being told keeps it or not; the till keeps no customer's code.
        self._tell(DeviceHealth.WORKING, "device_works", ())

    def warn(self, key: str) -> None:
        """Say that something came in that is no code; the scanner goes on."""
        self._tell(DeviceHealth.ATTENTION, key, ())

    def _tell(
        self, health: DeviceHealth, key: str, facts: tuple[tuple[str, str], ...]
    ) -> None:
        report = DeviceReport(self._device_id, health, key, {}, facts)
        if health is DeviceHealth.WORKING or report != self._last:
            self._context.on_report(report)
        self._last = report


def _facts(code: str, raw: str, took_ms: int) -> tuple[tuple[str, str], ...]:
    aim = _AIM.match(code)
    data, bare = read_identifier(code).data, _AIM.sub(" ", raw)
    # Before its prefix is learned a badge may stand behind anything.
    is_secret = is_payment_code(data) or holds_badge(raw) or is_payment_code(bare)
    shown = _HIDDEN if is_secret else shown_signs(code[:_SHOWN_CHARS])
    kept = _HIDDEN if is_secret else shown_signs(raw)
    return (
        ("last_code", shown),
        ("last_raw", kept),
        ("last_ms", str(took_ms)),
        ("symbology", aim.group() if aim else ""),
    )
