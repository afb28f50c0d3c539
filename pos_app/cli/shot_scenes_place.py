"""The second place in believable states: none yet, chosen, pulled out."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.ports.second_place import PlaceState


class PlaceScenes:
    """Plays on the settings screen, and leaves the till without a second place.

    Args:
        place: an open scripted till; somebody who may change settings is signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._till = place.till
        self._hand = place.hand
        self._presenter = place.screen.flow.features.place.presenter
        self._stick = place.folder.root.with_name("KINGSTON")

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.press("go-place")
        self._hand.wait(lambda: self._presenter.state.disks is not None, "the disks")
        yield "settings_place"
        self._stick.mkdir()
        self._presenter.on_choose(str(self._stick))
        self._await(PlaceState.CURRENT)
        self._hand.wait(lambda: bool(self._presenter.state.note), "the choice")
        yield "settings_place_chosen"
        pocket = self._stick.with_name("pocket")
        self._stick.rename(pocket)
        self._await(PlaceState.GONE)
        yield "settings_place_gone"
        pocket.rename(self._stick)
        self._presenter.on_stop()
        self._await(PlaceState.NONE)

    def _await(self, state: PlaceState) -> None:
        place = self._till.second_place
        place.look_again()
        self._hand.wait(lambda: place.report().state is state, "the second place")
        self._presenter.state_changed.emit()
