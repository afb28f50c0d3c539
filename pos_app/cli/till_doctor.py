"""The doctor of the open till, as the screen asks it; all of it off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.i18n import Words, current_language
from pos_app.persistence.checks.room import CheckRoom
from pos_app.ports.health import Finding, HealthCheck, Severity
from pos_app.ports.ledger import Stamp
from pos_app.services.doctor import Report, advise, examine, report_to_plain, run_checks
from pos_app.services.doctor_areas import QUICK
from ui.presenters.workplace import CheckResult


class TillDoctor:
    """The part of the till's upkeep that looks for what is wrong."""

    _till: Till

    def examine(self, *, is_whole: bool) -> tuple[Finding, ...]:
        """Ask the checks that answer at once, or all of them."""
        room = self._room()
        try:
            checks = [x for x in _checks(room) if is_whole or x.name in QUICK]
            return run_checks(checks)
        finally:
            room.close()

    def check(self) -> CheckResult:
        """Check databases, chain and sums."""
        room = self._room()
        try:
            report = examine(_checks(room))
        finally:
            room.close()
        words = Words(current_language())
        found = [f for f in report.findings if f.severity is not Severity.FINE]
        advice = [advise(finding, words) for finding in found]
        sentences = tuple(f"{x.what} {x.action}".strip() for x in advice)
        return CheckResult(report.is_sound, sentences)

    def make_room(self) -> int:
        """Delete what the till can do without; return the bytes that are free now.

        The reserve for a full disk is laid again where there is room for it.
        """
        from pos_app.persistence.making_room import make_room

        freed = make_room(self._till.folder, self._till.options.clock.now())
        self._till.ballast.restore()
        return freed

    def bundle(self, findings: tuple[Finding, ...], stamp: Stamp) -> Path:
        """Write a diagnostics bundle that names nobody; journalled.

        Returns:
            The file, in the shop's folder of exports.

        Raises:
            StorageError: "folder_read_only", "disk_full" or "disk_error".
        """
        from pos_app.persistence.diagnostics import write_bundle
        from pos_app.services.diagnostics import plain_devices, plain_settings

        folder = self._till.folder.exports
        moment = "".join(x for x in str(stamp.at)[:19] if x.isdigit() or x == "T")
        file = folder / f"diagnostics_{moment}.zip"
        report = report_to_plain(Report(findings), Words("en"))
        settings = plain_settings(asdict(self._till.settings.current))
        book, devices = self._till.device_book, self._till.devices
        settings["devices"] = plain_devices(book.current, devices.reports())
        room = self._room()
        try:
            write_bundle(file, room, report, settings)
        finally:
            room.close()
        body = {"file": file.name}
        self._till.ledger.submit(
            lambda unit: unit.append(EntryKind.DIAGNOSTICS_EXPORTED, body, stamp)
        ).result()
        return file

    def _room(self) -> CheckRoom:
        return CheckRoom(self._till.folder, self._till.ring, self._till.options.clock)


def _checks(room: CheckRoom) -> Sequence[HealthCheck]:
    """Return all checks; what they read with is loaded when they are first asked."""
    from pos_app.persistence.checks.all_checks import shop_checks

    return shop_checks(room)
