"""The black box in believable states: entries, a replay, an export."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill


class BlackBoxScenes:
    """Plays on the settings screen and comes back to it.

    Args:
        place: an open scripted till; somebody who may look is signed on, and a
            sale was finished.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._box = place.screen.flow.features.black_box

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        presenter = self._box.presenter
        self._hand.press("goBlackBox")
        yield "black_box"
        sold = next(row for row in presenter.state.rows if row.amount and row.has_sale)
        presenter.on_selected(sold.key)
        self._hand.wait(self._is_replayed, "the replay")
        self._hand.press("replayBack")
        yield "black_box_replay"
        self._hand.press("blackBoxExport")
        self._hand.wait(lambda: bool(presenter.state.export_note), "the export")
        alone = next(row for row in presenter.state.rows if not row.has_sale)
        presenter.on_selected(alone.key)
        yield "black_box_entry"
        presenter.on_group_chosen("clock")
        yield "black_box_nothing"
        self._box.screen.closed.emit()

    def _is_replayed(self) -> bool:
        key = self._hand.find_button("replayBack")
        return key is not None and key.isEnabled()
