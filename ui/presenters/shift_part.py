"""What the parts of the shift screen have in common: one page, one pad, one end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Permission
from pos_app.domain.shift import Shift
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.services.shift import ShiftService
from pos_app.values.times import Timestamp
from ui import tasks
from ui.format import clock_text, day_text
from ui.presenters.frame import FramePresenter
from ui.presenters.pad_key import PadKey
from ui.presenters.shift_state import ShiftState
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ShiftPlace:
    """What the parts work with.

    Attributes:
        work, frame, runner: as everywhere.
        open_drawer: opens the drawer without a sale, once it is said why.
        open_to_count: opens it to count what is in it.
    """

    work: Workplace
    frame: FramePresenter
    runner: TaskRunner
    open_drawer: Callable[[], None]
    open_to_count: Callable[[], None]


class ShiftPart(QObject):
    """One page of the shift screen and what its keys mean."""

    changed = Signal()
    """The screen must show `state` anew."""
    left = Signal(str)
    """This part is done; the name of what comes next: "menu", "sale" …"""

    def __init__(self, place: ShiftPlace) -> None:
        super().__init__()
        self.place = place
        self.work, self.frame = place.work, place.frame
        self.is_working = False
        self._names: dict[str, str] = {}
        self._names_in = ""

    # --------------------------------------------------------------- what to show

    @property
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        raise AssertionError(type(self).__name__)

    # --------------------------------------------------------------- what is asked

    def on_pad(self, value: str) -> None:
        """A key of the pad; where nothing is typed, Enter is the main key."""
        if value == PadKey.ENTER:
            self.on_main()

    def on_key(self, key: str) -> None:
        """A key of the page: of a menu, a reason, a check, a list."""
        del key

    def on_main(self) -> None:
        """The main key."""

    def on_first(self) -> None:
        """The left one of the two keys: the drawer, to count what is in it."""
        if not self.is_working:
            self.place.open_to_count()

    def on_second(self) -> None:
        """The right one of the two keys."""

    def on_entry(self) -> None:
        """The entry line was touched: the pad types there."""

    def on_field(self) -> None:
        """A field of the page was touched: the pad types there."""

    def on_picked(self, key: str) -> None:
        """A denomination was touched."""
        del key

    def on_stepped(self, key: str, step: int) -> None:
        """A denomination has a piece more or less."""
        del key, step

    def on_moved(self, step: int) -> None:
        """The arrow keys: up and down."""
        del step

    def on_escape(self) -> bool:
        """Take the last step back; whether there was one."""
        return False

    # ------------------------------------------------------------------- the rest

    @property
    def service(self) -> ShiftService:
        """The shifts of this till."""
        return self.work.counter.shift

    @property
    def currency(self) -> str:
        """ISO 4217 code of the shop."""
        return self.work.currency

    def clock(self, at: Timestamp) -> str:
        """Write when something was: the time today, else the day, too."""
        then, now = at.at(self.work.zone), self.work.local_now()
        time = clock_text(then.time())
        return time if then.date() == now.date() else f"{day_text(then.date())} {time}"

    def person(self, staff_id: str, name: str) -> str:
        """Name somebody in the screen's language; former staff as they were known."""
        language = current_language()
        if self._names_in != language:
            people = self.work.counter.desk.catalog.everybody()
            self._names = {one.staff_id: one.name_in(language) for one in people}
            self._names_in = language
        return self._names.get(staff_id, name)

    def shift_words(self, shift: Shift) -> str:
        """Say which shift it is: "Shift #3 · Ada · since 08:00"."""
        since = _("since {time}", time=self.clock(shift.opened_at))
        number = _("Shift #{number}", number=shift.short_number)
        opener = self.person(shift.opened_by, shift.opened_by_name)
        return f"{number} · {opener} · {since}"

    def needs_approval(self, action: Permission) -> bool:
        """Tell whether somebody else would have to allow it."""
        desk = self.work.counter.desk
        staff = desk.session.staff
        if staff is None:
            return False
        four_eyes = desk.shop.policy.four_eyes
        return action in four_eyes or not staff.meets(Demand(action))

    def await_future(self, future: Future[T], then: Callable[[T], None]) -> None:
        """Show that the till is writing until the answer is there."""
        self.is_working = True
        self.changed.emit()
        task = tasks.watch(future).then(then)
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
