"""The slips' page and the dialog for another paper, in believable states."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill

_GOODS = ("120001", "710002", "9521001001373")
_MISTAKE = "{{ shop.name }}\n{{ shop.adress }}\n---\n{{ sale.number }}\n"


class SlipScenes:
    """Plays with an empty till and somebody signed on who holds the settings.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._flow = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        for code in _GOODS:
            self._hand.scan(code)
        flow, sold_before = self._flow, self._flow.done.sale
        self._hand.press("quickCash1")
        self._hand.wait(lambda: flow.done.sale is not sold_before, "the sale")
        self._hand.wait(lambda: not flow.sale.is_held, "the next basket")
        self._flow.features.papers.ask()
        yield "dialog_papers"
        self._hand.press("dialogClose")
        self._hand.press("tab_office")
        self._hand.press("go-slips")
        yield from self._page()
        self._hand.press("tab_sale")

    def _page(self) -> Iterator[str]:
        from ui.presenters.slips import SlipsPart

        part = self._flow.features.back_office.part
        assert isinstance(part, SlipsPart)
        self._hand.wait(lambda: bool(part.state.png), "the preview")
        yield "slips"
        self._hand.press("segment-slipsModes-text")
        yield "slips_text"
        part.on_text(_MISTAKE)
        self._hand.wait(lambda: bool(part.state.problems), "the problem")
        yield "slips_mistake"
        part.throw_away()
        part.on_mode("simple")
