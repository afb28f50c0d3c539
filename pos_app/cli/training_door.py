"""The way from the open till into training and back (the screen's `TrainingDoor`)."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap import Till
from pos_app.domain.permission import Staff
from pos_app.ports.printing import Rasteriser
from pos_app.services.sounds import SILENT, SoundBoard
from pos_app.services.training import TrainingService
from ui.presenters.practice import Ears, TrainingPlace


class OpenDoor:
    """Implements `ui.presenters.practice.TrainingDoor` around an open till.

    What a training was killed in is removed here, and its end journalled.
    """

    def __init__(
        self,
        till: Till,
        rasteriser: Rasteriser,
        beep: Callable[[], None],
        sounds: SoundBoard = SILENT,
    ) -> None:
        self._till, self._rasteriser = till, rasteriser
        self._beep, self._sounds = beep, sounds
        self._service = TrainingService(till.counter.desk, till.counter.sale)
        till.folder.sweep_training()
        self._service.settle()

    @property
    def service(self) -> TrainingService:
        """Guards the door, and tells the real journal."""
        return self._service

    def build(self, ears: Ears) -> Callable[[Staff], TrainingPlace]:
        """Make the throw-away ledger; see `TrainingDoor`."""
        # Late: most days nobody practises.
        from pos_app.cli.training_place import open_place
        from pos_app.cli.training_till import make_store

        store = make_store(self._till, ears.stored)
        heard = (self._beep, self._sounds)
        return open_place(self._till, self._rasteriser, heard, store, ears)
