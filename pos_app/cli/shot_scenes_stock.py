"""Stock and changes of many items in believable states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.stock_document import StockKind
from ui.presenters.bulk import BulkPart
from ui.presenters.stock import StockPart

_COLA, _RICE_BALL = "9521005001379", "9521001001373"
#: Units received before the pictures, with what one cost, minor units.
_DELIVERY = ((_COLA, 48, 165), (_RICE_BALL, 20, 310))


class StockScenes:
    """Plays with an empty till and a manager signed on.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._office = place.screen.flow.features.back_office
        self._counter = place.till.counter

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._receive()
        self._hand.look()
        self._hand.press("tab_office")
        yield from self._stock()
        yield from self._bulk()
        self._hand.press("tab_sale")

    def _stock(self) -> Iterator[str]:
        self._hand.press("go-stock")
        part = self._office.part
        assert isinstance(part, StockPart)
        self._hand.wait(lambda: part.list.has_figures, "the stock")
        yield "office_stock"
        found = self._counter.sale.look_up(_COLA)
        assert found is not None
        part.open_item(found.unit.item_id)
        self._hand.wait(lambda: bool(part.history.view().table.rows), "the moves")
        yield "office_stock_history"
        part.back()
        part.write(StockKind.WASTED.value)
        part.takes_scan(_RICE_BALL)
        part.change(lambda: part.writing.choose_reason("expired"))
        yield "office_stock_waste"
        part.give_up()
        part.give_up()
        part.open_documents()
        yield "office_stock_documents"
        part.back()

    def _bulk(self) -> Iterator[str]:
        self._hand.press("go-bulk")
        part = self._office.part
        assert isinstance(part, BulkPart)
        part.takes_scan(_RICE_BALL)
        part.takes_scan(_COLA)
        yield "office_bulk"
        part.go_change()
        for digit in "5":
            part.takes_pad(digit)
        part.on_value(lambda: part.value.choose_ending("nine"))
        yield "office_bulk_change"
        part.look_ahead()
        self._hand.wait(_rests(part), "the preview")
        yield "office_bulk_preview"
        part.back()
        part.back()
        part.tick_none()

    def _receive(self) -> None:
        drafts, kind = self._counter.stock_drafts, StockKind.RECEIVED
        for code, count, cost_minor in _DELIVERY:
            line = drafts.scan(kind, code)
            drafts.set_quantity(kind, line.line_id, Decimal(count))
            drafts.set_cost(kind, line.line_id, cost_minor)
        drafts.set_delivery("江南食品批发", "S-20261121-08")
        self._counter.stock.book(kind, print_slip=False).result()
        drafts.ended(kind)


def _rests(part: BulkPart) -> Callable[[], bool]:
    return lambda: not part.is_working
