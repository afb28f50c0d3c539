"""The difference in plain words, and what may have caused it."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.count_hint import CountHint, Slip, count_hint
from pos_app.domain.denomination import denominations
from pos_app.domain.shift import ShiftCount
from pos_app.i18n import _
from ui.format import money
from ui.presenters.count_view import piece_name
from ui.presenters.frame_state import Tone


def signed_money(minor: int, currency: str) -> str:
    """Write a difference with its sign: "+¥12.00", "−¥45.00"."""
    text = money(minor, currency)
    return f"+{text}" if minor > 0 else text


def verdict_words(difference_minor: int, currency: str) -> tuple[str, Tone]:
    """Say how a count came out, and how loud."""
    if difference_minor == 0:
        return _("Agrees to the cent"), Tone.GOOD
    off = signed_money(difference_minor, currency)
    return _("Off by {amount}", amount=off), Tone.WARN


def hint_words(last: ShiftCount, currency: str) -> str:
    """Say what the difference may be; "" where no single slip explains it."""
    found = count_hint(last.count, last.difference_minor)
    return "" if found is None else _hint(found, currency)


def _hint(found: CountHint, currency: str) -> str:
    meant = _piece(found.value_minor, currency)
    match found.slip:
        case Slip.ONE_SHORT:
            return _("maybe one {piece} was left out", piece=meant)
        case Slip.ONE_OVER:
            return _("maybe one {piece} was counted twice", piece=meant)
        case Slip.MISTAKEN:
            other = _piece(found.other_minor, currency)
            return _("maybe a {piece} counted as a {other}", piece=meant, other=other)
        case Slip.REVERSED:
            return _(
                "maybe {meant} × {piece}, typed as {typed}",
                meant=found.meant,
                piece=meant,
                typed=found.typed,
            )


def _piece(value_minor: int, currency: str) -> str:
    return piece_name(denominations(currency, (value_minor,))[0], currency)


def outcome_facts(
    counts: Sequence[ShiftCount], moved_minor: int, currency: str
) -> tuple[tuple[str, str], ...]:
    """Return counted, expected and difference; both counts where there are two.

    Args:
        counts: as stored, the first one first.
        moved_minor: what was sold or moved after the last one, minor units.
        currency: ISO 4217 code.
    """
    last = counts[-1]
    rows, counted = [], _("Counted")
    if len(counts) > 1:
        first = money(counts[0].count.total_minor, currency)
        rows.append((_("First count"), first))
        counted = _("Second count")
    rows += [
        (counted, money(last.count.total_minor, currency)),
        (_("The till expects"), money(last.expected_minor, currency)),
        (_("Difference"), signed_money(last.difference_minor, currency)),
    ]
    if moved_minor:
        rows.append((_("Since the count"), signed_money(moved_minor, currency)))
    return tuple(rows)
