"""Parked sales in believable states: the list, one of hours ago, another sale open."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill

_FIRST = ("9521001001373", "120001", "990001")
_SECOND = ("710002", "710020", "710020")
_THIRD = ("110001", "120001", "9521010002743", "710002", "710020", "990001")


class ParkedScenes:
    """Plays on the sale screen with an empty till; leaves a sale open.

    Args:
        place: an open scripted till with somebody signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._park = place.screen.flow.features.park

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.strike("F9")
        yield "parked_none"
        self._hand.strike("F9")
        for codes, minutes in ((_FIRST, 145), (_SECOND, 16), (_THIRD, 11)):
            self._set_aside(codes)
            self._place.clock.pass_by(minutes * 60)
        self._hand.strike("F9")
        yield "parked"
        self._hand.press("errandLine1")
        yield "dialog_parked_name"
        self._hand.press("dialogClose")
        self._hand.press("errandLine3")
        yield "dialog_parked_void"
        self._hand.press("dialogClose")
        self._hand.strike("F9")
        self._hand.scan(_FIRST[0])
        self._hand.strike("F9")
        yield "parked_beside_open"
        self._hand.press("quickCash1")
        self._hand.wait(lambda: not self._park.is_shown, "the merged sale")
        yield "parked_merged"

    def _set_aside(self, codes: tuple[str, ...]) -> None:
        before = self._park.presenter.count
        for code in codes:
            self._hand.scan(code)
        self._hand.strike("F8")
        self._hand.wait(
            lambda: self._park.presenter.count == before + 1, "the parked sale"
        )
