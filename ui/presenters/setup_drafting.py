"""Keeps what is typed in the wizard on the disk, without anybody waiting for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.services.setup_draft import SetupDraft
from ui.presenters.setup_port import SetupPort
from ui.tasks import TaskRunner


class DraftKeeper(QObject):
    """Holds the answers; the newest goes to the disk, one write at a time."""

    failed = Signal(object)
    """The disk did not take the draft; the `GuitaiError`."""

    def __init__(self, port: SetupPort, runner: TaskRunner) -> None:
        super().__init__()
        self._port, self._runner = port, runner
        found = port.load_draft()
        self.was_found = found is not None
        self.draft = found or SetupDraft()
        self._stored = self.draft if found else None
        self._is_writing = False
        self._is_ended = False

    @property
    def is_kept(self) -> bool:
        """Tell whether the newest answers are on the disk."""
        return not self._is_writing and self._stored == self.draft

    def change(self, **changes: object) -> bool:
        """Change answers; whether anything is different now."""
        fresh = SetupDraft.model_validate(self.draft.model_dump() | changes)
        return self.put(fresh)

    def put(self, fresh: SetupDraft) -> bool:
        """Take other answers; whether anything is different now."""
        if fresh == self.draft:
            return False
        self.draft = fresh
        self._write()
        return True

    def end(self) -> None:
        """Keep nothing more: the shop is there."""
        self._is_ended = True

    def _write(self) -> None:
        if self._is_writing or self._is_ended:
            return
        self._is_writing = True
        draft = self.draft

        def save() -> SetupDraft:
            self._port.save_draft(draft)
            return draft

        self._runner.run(save).then(self._on_kept).otherwise(self._on_failed)

    def _on_kept(self, draft: SetupDraft) -> None:
        self._is_writing = False
        self._stored = draft
        if draft != self.draft:
            self._write()

    def _on_failed(self, error: GuitaiError) -> None:
        self._is_writing = False
        self.failed.emit(error)
