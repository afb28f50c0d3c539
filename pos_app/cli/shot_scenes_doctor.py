"""The doctor's page after its first look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.services.doctor_areas import Area
from ui.presenters.doctor_state import DoctorState

#: The room on a disk is another one at each look; a picture always says the same.
_ROOM = re.compile(r"\d+(?= MB)")
_USUAL_ROOM_MB = "41250"


class DoctorScenes:
    """Plays on the settings screen.

    Args:
        place: an open scripted till; somebody who may change settings is signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._screens = place.screen.flow.screens
        self._presenter = place.screen.flow.features.doctor.presenter

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.press("go-doctor")
        self._hand.wait(self._has_looked, "the first look")
        self._screens.settings.doctor.show_doctor(_everyday(self._presenter.state))
        yield "settings_doctor"

    def _has_looked(self) -> bool:
        areas = {row.key for row in self._presenter.state.rows}
        return {Area.DATABASE.value, Area.DISK.value} <= areas


def _everyday(state: DoctorState) -> DoctorState:
    rows = (replace(x, text=_ROOM.sub(_USUAL_ROOM_MB, x.text)) for x in state.rows)
    return replace(state, rows=tuple(rows))
