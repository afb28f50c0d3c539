"""The slips' page, and the dialog for another paper, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill
from ui.presenters.slips import SlipsPart


def slip_views(till: ScreenTill) -> Iterator[str]:
    """Show the views; begins and ends on the sale screen with an empty basket."""
    till.scan(COLA_GTIN, FIRST_GTIN)
    till.pay_cash()
    till.press("donePapers")
    yield "gift receipt"
    till.press("segment-papersKind-copy")
    yield "copy of the slip"
    till.press("dialogClose")
    till.press("tab_office")
    till.press("go-slips")
    part = till.flow.features.back_office.part
    assert isinstance(part, SlipsPart)
    till.wait(lambda: bool(part.state.png))
    yield "slips, switches"
    till.press("segment-slipsModes-logo")
    yield "slips, no logo"
    till.press("segment-slipsModes-text")
    till.find("slipText").setPlainText("{{ shop.name }}\n{{ shop.nme }}")
    till.wait(lambda: bool(part.state.problems))
    yield "slips, a template with a mistake"
    till.press("segment-slipsSide-fields")
    yield "slips, fields"
    part.throw_away()
    part.on_mode("simple")
    till.press("tab_sale")
