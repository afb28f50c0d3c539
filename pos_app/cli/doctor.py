"""guitai doctor: what is wrong with the shop, and the one thing to do about it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from hardware.system_clock import SystemClock
from pos_app.cli import (
    add_folder_option,
    add_json_option,
    say_json,
    say_progress,
    shop_path,
)
from pos_app.domain.journal_export import fingerprint_of
from pos_app.i18n import Words, _, current_language, plural
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder, running_till
from pos_app.persistence.shop_opening import require_shop
from pos_app.persistence.shop_seal import ShopSeal
from pos_app.ports.health import Finding, HealthCheck, Severity
from pos_app.services.doctor import Report, advise, report_to_plain

EXIT_SOUND, EXIT_FINDINGS, EXIT_CANNOT_OPEN = 0, 1, 2


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    add_folder_option(parser)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Examine the shop.

    Returns:
        0 when nothing asks for an action, 1 when something does, 2 when a
        database does not open.

    Raises:
        StorageError: when the key ring does not open: without keys there is
            nothing to look at, and its words say what to do.
    """
    folder = ShopFolder(shop_path(parsed))
    require_shop(folder)
    ring = open_key_ring(folder.root)
    room = CheckRoom(folder, ring, SystemClock())
    if running_till(folder) is not None:
        say_progress(_("The till is running on this shop; looking at it as it sells."))
    try:
        report = _examine(shop_checks(room), speaks=not parsed.json)
    finally:
        room.close()
    fingerprint = fingerprint_of(ShopSeal(ring.signing_key).public_key)
    if parsed.json:
        plain = report_to_plain(report, Words(current_language()))
        say_json({**plain, "fingerprint": fingerprint})
    else:
        print(_("Fingerprint of the key: {fingerprint}", fingerprint=fingerprint))
        print(_closing(report))
    return _exit_code(report)


def _examine(checks: Sequence[HealthCheck], *, speaks: bool) -> Report:
    """Ask every check; say each finding at once: pages of a year take a while."""
    found: list[Finding] = []
    for check in checks:
        for finding in check.run():
            # A file that does not open stops many checks, but is said once.
            if speaks and not any(_is_same(finding, other) for other in found):
                _say(finding)
            found.append(finding)
    return Report(tuple(found))


def _is_same(one: Finding, other: Finding) -> bool:
    return (one.key, one.params) == (other.key, other.params)


def _say(finding: Finding) -> None:
    marks = {
        Severity.FINE: _("ok"),
        Severity.NOTICE: _("note"),
        Severity.WARNING: _("WARNING"),
        Severity.BROKEN: _("BROKEN"),
    }
    advice = advise(finding, Words(current_language()))
    mark = marks[advice.severity]
    print(f"{mark:8} {advice.what}", flush=True)
    if advice.action:
        print(f"{'':8} → {advice.action}", flush=True)


def _closing(report: Report) -> str:
    if report.is_sound:
        return _("The shop is sound.")
    asking = {Severity.WARNING, Severity.BROKEN}
    sentences = {
        (finding.key, tuple(finding.params.items()))
        for finding in report.findings
        if finding.severity in asking
    }
    return plural(
        "{count} finding asks for an action.",
        "{count} findings ask for an action.",
        len(sentences),
    )


def _exit_code(report: Report) -> int:
    if report.is_sound:
        return EXIT_SOUND
    does_not_open = any(
        finding.check == "databases_open" and finding.severity is Severity.BROKEN
        for finding in report.findings
    )
    return EXIT_CANNOT_OPEN if does_not_open else EXIT_FINDINGS
