"""The price rows of a unit as its list shows them: which one wins, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from pos_app.domain.price import PROMOTION, UnitPrice
from pos_app.i18n import N_, _
from pos_app.services.prices import PriceState
from ui.format import money
from ui.presenters.frame_state import Tone
from ui.presenters.price_words import kind_text, row_name, row_period_text
from ui.presenters.two_line import TwoLineRow

_MARKS = {
    PriceState.IN_FORCE: (N_("in force"), Tone.GOOD),
    PriceState.BEATEN: (N_("beneath"), Tone.PLAIN),
    PriceState.TO_COME: (N_("to come"), Tone.INFO),
    PriceState.OVER: (N_("over"), Tone.PLAIN),
}


def row_views(
    rows: Sequence[tuple[UnitPrice, PriceState]], zone: tzinfo, currency: str
) -> tuple[TwoLineRow, ...]:
    """Return the rows, those to come first."""
    return tuple(_view(row, state, zone, currency) for row, state in rows)


def _view(row: UnitPrice, state: PriceState, zone: tzinfo, currency: str) -> TwoLineRow:
    words, tone = _MARKS[state]
    return TwoLineRow(
        key=row.price_id,
        title=money(row.minor, currency),
        subtitle=f"{kind_text(row)} {row_name(row.price_id)}",
        detail=row_period_text(row, zone),
        mark=_(words),
        tone=tone,
        icon="tag" if row.priority == PROMOTION else "storefront",
        is_dim=state is PriceState.OVER,
    )
