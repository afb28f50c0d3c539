"""guitai verify: whether an exported journal is whole, on any machine.

Needs no shop, no database and no network: the file proves itself, and whoever
knows the shop's fingerprint can tell whose it is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pos_app.cli import add_json_option, say_json
from pos_app.domain.journal_export import (
    LINE_LIMIT_BYTES,
    ExportedEntry,
    fingerprint_of,
)
from pos_app.domain.journal_verdict import (
    ExportVerifier,
    Fault,
    FaultKind,
    Verdict,
    plain_fingerprint,
)
from pos_app.errors import UserError
from pos_app.i18n import N_, _, plural
from pos_app.persistence.shop_seal import is_signed

EXIT_WHOLE, EXIT_FAULT = 0, 1
FINGERPRINT_LENGTH = 32

_WORDS = {
    FaultKind.NOT_AN_EXPORT: N_("This is not an exported journal of Guitai."),
    FaultKind.NEWER_FORMAT: N_(
        "A newer release of Guitai wrote this file; verify it with that release."
    ),
    FaultKind.CHANGED: N_("CHANGED at line {line}: {entry}"),
    FaultKind.RELINKED: N_(
        "CHANGED at line {line} or the one before it, which no longer fit: {entry}"
    ),
    FaultKind.MISSING: N_("ENTRIES MISSING before line {line}, after {before}"),
    FaultKind.OUT_OF_ORDER: N_(
        "OUT OF ORDER at line {line}, doubled or put elsewhere: {entry}"
    ),
    FaultKind.CUT_OFF: N_("CUT OFF before line {line}, after {before}"),
    FaultKind.APPENDED: N_("Something was ADDED after the end, at line {line}."),
    FaultKind.COUNT_WRONG: N_("The file says another number of entries than it has."),
    FaultKind.PERIOD_WRONG: N_(
        "The entries are not of the period that the file says it has."
    ),
    FaultKind.SIGNATURE_WRONG: N_(
        "The signature does not fit: the head of the file was CHANGED, or all of it."
    ),
    FaultKind.OTHER_KEY: N_(
        "Signed by ANOTHER KEY than the fingerprint given: {fingerprint}"
    ),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("file", type=Path, help="the exported journal")
    parser.add_argument(
        "--fingerprint",
        default="",
        help="of the shop's key, as its settings and its doctor show it",
    )
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Verify the file.

    Returns:
        0 when it is whole, 1 when it is not.

    Raises:
        UserError: "verify_file_missing", "verify_file_unreadable" or "fingerprint_unreadable".
    """
    known = plain_fingerprint(parsed.fingerprint)
    if known and not _is_fingerprint(known):
        raise UserError("fingerprint_unreadable", text=parsed.fingerprint[:60])
    verdict = verify(parsed.file, known)
    if parsed.json:
        say_json(_plain(verdict))
    else:
        print("\n".join(_told(verdict, compared=bool(known))))
    return EXIT_WHOLE if verdict.fault is None else EXIT_FAULT


def verify(file: Path, fingerprint: str = "") -> Verdict:
    """Read a file line by line and give the verdict; one line is in memory.

    Raises:
        UserError: "verify_file_missing" or "verify_file_unreadable".
    """
    verifier = ExportVerifier(is_signed, fingerprint)
    try:
        with file.open("rb") as lines:
            while not verifier.is_settled:
                line = lines.readline(LINE_LIMIT_BYTES)
                if not line:
                    break
                verifier.feed(line)
    except FileNotFoundError as error:
        raise UserError("verify_file_missing", file=file.name) from error
    except OSError as error:
        raise UserError("verify_file_unreadable", file=file.name) from error
    return verifier.verdict()


def _is_fingerprint(text: str) -> bool:
    return len(text) == FINGERPRINT_LENGTH and set(text) <= set("0123456789abcdef")


def _told(verdict: Verdict, *, compared: bool) -> list[str]:
    """Return what was found, in plain words."""
    lines = [_("WHOLE: nothing was changed, left out or added.")]
    if verdict.fault is not None:
        lines = [_fault_words(verdict.fault, verdict)]
    header = verdict.header
    if header is None:
        return lines
    period = f"{header.first_day} … {header.last_day}"
    lines.append(
        _(
            "Till {till} of shop {shop}, {period}",
            till=header.till,
            shop=header.shop_id,
            period=period,
        )
    )
    count = verdict.entries
    lines.append(plural("{count} entry in order", "{count} entries in order", count))
    if verdict.first is not None and verdict.last is not None:
        first, last = entry_words(verdict.first), entry_words(verdict.last)
        lines.append(_("from {first} to {last}", first=first, last=last))
        head = verdict.last.hash.hex()
        lines.append(_("Hash of the last entry in order: {head}", head=head))
    fingerprint = fingerprint_of(header.public_key)
    lines.append(_("Fingerprint of the key: {fingerprint}", fingerprint=fingerprint))
    if verdict.fault is None and not compared:
        lines.append(
            _("Compare it with the shop's own: anybody can sign with a key of theirs.")
        )
    return lines


def _fault_words(fault: Fault, verdict: Verdict) -> str:
    header = verdict.header
    return _(
        _WORDS[fault.kind],
        line=fault.line,
        entry=entry_words(fault.entry),
        before=entry_words(fault.before),
        fingerprint=fingerprint_of(header.public_key) if header else "",
    )


def entry_words(entry: ExportedEntry | None) -> str:
    """Write which entry: its number, its kind and its time (UTC)."""
    if entry is None:
        return _("no entry that can be read")
    return _(
        "entry {place} {kind} of {time}",
        place=f"{entry.epoch}.{entry.seq}",
        kind=_clean(entry.kind),
        time=_clean(entry.at),
    )


def _clean(text: str) -> str:
    """Return words of a file nobody trusts, fit for a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text[:40])


def _plain(verdict: Verdict) -> dict[str, object]:
    """Return the verdict for programs."""
    fault, header = verdict.fault, verdict.header
    found: dict[str, object] = {"whole": fault is None, "entries": verdict.entries}
    if fault is not None:
        found |= {
            "fault": fault.kind.value,
            "line": fault.line,
            "entry": _plain_entry(fault.entry),
            "before": _plain_entry(fault.before),
        }
    if header is not None:
        found |= {
            "shop": header.shop_id,
            "till": header.till,
            "first_day": header.first_day.isoformat(),
            "last_day": header.last_day.isoformat(),
            "made_at": str(header.made_at),
            "fingerprint": fingerprint_of(header.public_key),
        }
    if verdict.last is not None:
        found["head"] = verdict.last.hash.hex()
    return found


def _plain_entry(entry: ExportedEntry | None) -> dict[str, object] | None:
    if entry is None:
        return None
    return {
        "epoch": entry.epoch,
        "seq": entry.seq,
        "kind": entry.kind,
        "day": entry.day,
        "at": entry.at,
    }
