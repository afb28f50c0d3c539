"""The doctor's page after its first look."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill


class DoctorScenes:
    """Plays on the settings screen.

    Args:
        place: an open scripted till; somebody who may change settings is signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._flow = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.press("go-doctor")
        doctor = self._flow.features.doctor.presenter
        self._hand.wait(
            lambda: bool(doctor.state.rows) and not doctor.state.is_working,
            "the first look",
        )
        yield "settings_doctor"
