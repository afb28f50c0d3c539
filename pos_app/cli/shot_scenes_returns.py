"""Returns in believable states: finding, a receipt, an exchange, a refund, none."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill

#: Tea, a pastry, a T-shirt and two pairs of socks.
_SOLD = ("9521010002743", "9521010002743", "120001", "710002", "710020", "710020")
_TEA = "9521010002743"
_DAYS_S = 3 * 24 * 3600


class ReturnScenes:
    """Plays on the sale screen with an empty till; leaves it empty.

    Args:
        place: an open scripted till with somebody signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._flow = place.screen.flow
        self._counter = place.till.counter

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        number = self._sell()
        self._hand.strike("F10")
        yield "returns_find"
        self._hand.press("noReceipt")
        yield "returns_no_receipt"
        self._hand.type_words("returnSearchField", "cha")
        yield "returns_no_receipt_search"
        self._hand.press("returnSearchClear")
        self._hand.scan(_TEA)
        yield "returns_no_receipt_item"
        self._hand.scan(number)
        yield "returns_receipt"
        self._take("3", "wrong_size")
        self._take("4", "changed_mind")
        yield "returns_refund"
        self._hand.press("quickCash2")
        yield "returns_other_way"
        self._hand.press("quickCash1")
        self._hand.scan("710003")
        yield "returns_exchange"
        yield from self._end()
        yield from self._mirror()

    def _end(self) -> Iterator[str]:
        """Close the panel, open it again, and give the money back."""
        self._hand.press("panelClose")
        yield "returns_ticket"
        self._hand.strike("F10")
        self._hand.press("mainAction")
        self._hand.wait(self._is_done, "the refund")
        self._place.await_slips()
        done = self._flow.done
        self._hand.wait(lambda: bool(done.state.slip_png), "the slip's picture")
        yield "returns_done"

    def _mirror(self) -> Iterator[str]:
        """Ask to undo a sale that has just ended."""
        self._hand.press("mainAction")
        self._hand.scan(_TEA)
        self._hand.press("quickCash1")
        self._hand.wait(self._is_done, "a sale")
        self._hand.press("doneVoid")
        self._hand.press("reason-reverse_twice")
        yield "dialog_reversal"
        self._hand.press("dialogClose")
        self._place.await_slips()
        self._hand.press("mainAction")

    def _take(self, row: str, reason: str) -> None:
        """Let one of a line come back and say why."""
        returns = self._flow.features.returns
        returns.actions.step(row, 1)
        title = returns.panel.page.title
        self._hand.wait(title.isVisible, "the reasons")
        self._flow.render_now()
        self._hand.press(f"returnReason_{reason}")

    def _sell(self) -> str:
        """Sell for a phone code; return the slip's number."""
        for code in _SOLD:
            self._hand.key_in(code + "⏎")
        self._hand.press("mainAction")
        self._hand.press("tender_code_group")
        self._hand.key_in("8821")
        self._hand.press("mainAction")
        self._hand.wait(self._is_done, "a sale")
        self._place.await_slips()
        self._hand.press("mainAction")
        sale = self._counter.desk.ledger.last_sale()
        assert sale is not None
        return sale.number

    def _is_done(self) -> bool:
        shown = self._flow.window.screen_shown is self._flow.screens.done
        return shown and not self._flow.sale.is_held
