"""What the parts of the back office have in common: one page, changes, one end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos_app.domain.item import SellingUnit
from pos_app.errors import GuitaiError
from pos_app.ports.catalog_changes import CatalogChange
from ui.keymap import Action
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class BackOfficePlace:
    """What the parts work with, as everywhere."""

    work: Workplace
    frame: FramePresenter
    runner: TaskRunner


class BackOfficePart(QObject):
    """One part of the back office: a presenter with one frozen state.

    A part reads the catalogue on the screen's thread and changes it through
    `store`. It is made when it is first opened.
    """

    changed = Signal()
    """The page must show `state` anew."""
    left = Signal(str)
    """Another part is wanted; its key, with what it shall open: "stock:ITEM_ID"."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__()
        self.place = place
        self.work, self.frame = place.work, place.frame
        self.is_working = False

    # --------------------------------------------------------------- what to show

    @property
    def state(self) -> object:
        """Return everything the page shows, frozen."""
        raise AssertionError(type(self).__name__)

    @property
    def manual_page(self) -> str:
        """What the manual calls the page on show; "" for the part itself."""
        return ""

    def begin(self, subject: str = "") -> None:
        """Open the part; `subject` is what it shall show, such as an item's id."""
        del subject

    def unsaved(self) -> str:
        """Name what was typed and not saved, such as an item; "" for nothing.

        The back office then asks before the part is left (ui/dialogs/unsaved). A
        locked till and a sale keep it as it is: `begin("")` must leave it alone.
        """
        return ""

    def throw_away(self) -> None:
        """Forget what was typed and not saved, and show it."""

    def save(self, then: Callable[[], None]) -> None:
        """Save what was typed; `then` is called once it is stored."""
        then()

    def may_leave(self) -> bool:
        """Tell whether the part may be left without a question."""
        return not self.unsaved()

    # --------------------------------------------------------------- what is asked

    def takes_scan(self, code: str) -> bool:
        """Serve a scanned code; False lets it begin a sale, as on any other screen."""
        del code
        return False

    def takes_pad(self, value: str) -> bool:
        """Serve a key of the pad (`PadKey`); whether it was this part's."""
        del value
        return False

    def takes_action(self, action: Action) -> bool:
        """Serve a key of the keyboard map, Esc too; whether it was this part's."""
        del action
        return False

    def takes_goods(self, code: str, take: Callable[[SellingUnit], None]) -> bool:
        """Serve a scanned code with the goods it names; whether it named any.

        What cannot be read is said, and has been served.
        """
        try:
            found = self.work.counter.sale.look_up(code)
        except GuitaiError as error:
            self.frame.refuse(error)
            return True
        if found is None:
            return False
        take(found.unit)
        return True

    # ------------------------------------------------------------------- the rest

    def store(
        self,
        make: Callable[[], CatalogChange],
        then: Callable[[], None],
        words: ApprovalWords | None = None,
    ) -> None:
        """Make a change of the catalogue behind the screen, with an approval if need be.

        Args:
            make: checks what the person asks and returns the change; done again
                after an approval, so it changes nothing itself.
            then: called on the screen's thread once it is stored.
            words: what the approver is shown.
        """
        if self.is_working:
            return
        self.frame.attempt(lambda: self._store(make(), then), words)

    def _store(self, change: CatalogChange, then: Callable[[], None]) -> None:
        self.is_working = True
        self.changed.emit()

        def on_stored(_was_different: bool) -> None:
            self.is_working = False
            self.work.counter.sale.refresh_rules()
            then()
            self.changed.emit()

        task = self.place.runner.run(self.work.upkeep.catalog_change(change))
        task.then(on_stored)
        task.otherwise(self.on_refused).after_bug(self.on_stopped)

    def on_refused(self, error: GuitaiError) -> None:
        """Say why it was refused; nothing changed."""
        self.is_working = False
        self.frame.refuse(error)
        self.changed.emit()

    def on_stopped(self) -> None:
        """A bug ended the work: let the person go on."""
        self.is_working = False
        self.changed.emit()
