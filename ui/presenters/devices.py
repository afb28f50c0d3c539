"""The settings' page of devices: how each one is, its test, how it is set up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Permission
from pos_app.errors import GuitaiError
from pos_app.i18n import _, plural
from pos_app.ports.devices import (
    ConnectionKind,
    DeviceCategory,
    DeviceReport,
    DeviceSettings,
    DriverFacts,
    FoundDevice,
)
from pos_app.services.devices import RECEIPT_ID
from ui.messages import explain
from ui.presenters.device_changes import DeviceChanges
from ui.presenters.device_fields import (
    category_field,
    changed,
    drivers_for,
    fresh_device,
)
from ui.presenters.device_found import RULE_PROBLEM, found_rows, proposed
from ui.presenters.device_guide import DeviceGuide
from ui.presenters.device_search import DeviceSearch
from ui.presenters.device_tests import KINDS, DeviceTests
from ui.presenters.device_views import chosen_view, device_row, is_in_trouble
from ui.presenters.devices_state import (
    ChosenDevice,
    DevicesMode,
    DevicesState,
    TestKind,
)
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

#: A guided page needs paper.
_PAPERLESS = frozenset({ConnectionKind.FOLDER, ConnectionKind.VIRTUAL})


class DevicesPresenter(QObject):
    """Changes devices one at a time, each change journalled; tests and finds them."""

    state_changed = Signal()
    """The page must show `state` anew."""
    drawer_wanted = Signal()
    """The drawer is to open; the counter asks why and journals it."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work, self._frame, self._runner = work, frame, runner
        self._facts: Mapping[str, DriverFacts] = {}
        self._mode, self._chosen = DevicesMode.STATE, RECEIPT_ID
        self._draft: DeviceSettings | None = None
        self._problems: dict[str, str] = {}
        self.tests = DeviceTests(work, runner)
        self.tests.changed.connect(self.state_changed)
        self.search = DeviceSearch(work, runner)
        self.search.changed.connect(self.state_changed)
        self.guide = DeviceGuide(work, runner)
        self.guide.changed.connect(self.state_changed)
        self.changes = DeviceChanges(work, frame, runner)
        self.guide.found_out.connect(self.changes.put)
        self.changes.accepted.connect(self._on_accepted)
        self.changes.changed.connect(self._on_changed)

    # ------------------------------------------------------------------ what is

    @property
    def is_changing(self) -> bool:
        """Tell whether a change is on its way to the disk or the devices."""
        return self.changes.is_under_way

    @property
    def knows_drivers(self) -> bool:
        """Tell whether it is known what can be set up."""
        return bool(self._facts)

    @property
    def state(self) -> DevicesState:
        """Return everything the page shows."""
        desk = self._work.counter.desk
        staff, asks = desk.session.staff, desk.needs_approval(Permission.SETTINGS)
        devices, reports = desk.device_book.current, self._reports()
        troubled = sum(is_in_trouble(x, reports) for x in devices)
        words = plural("{count} needs attention", "{count} need attention", troubled)
        demand = Demand(Permission.SETTINGS)
        has_approver = bool(self._work.counter.approval.approvers(demand))
        return DevicesState(
            mode=self._mode,
            rows=tuple(device_row(x, self._facts, reports) for x in devices),
            attention=words if troubled else "",
            chosen=self._chosen_view(reports),
            found=found_rows(self.search.found, self._facts),
            is_searching=self.search.is_under_way,
            search_note=self.search.note,
            may_change=staff is not None and (not asks or has_approver),
            asks_approval=asks,
            problem=self.changes.problem,
            guide=self.guide.view,
        )

    def _reports(self) -> Mapping[str, DeviceReport]:
        found = self._work.counter.desk.devices.reports()
        return {x.device_id: x for x in found}

    def _chosen_view(self, reports: Mapping[str, DeviceReport]) -> ChosenDevice:
        device = self._device()
        test = self.tests.view(device)
        view = chosen_view(
            device,
            self._facts,
            self._work.counter.desk.device_book.current,
            reports,
            self._problems,
        )
        if self._mode is not DevicesMode.ADD:
            return replace(view, test=test)
        what = category_field(self._facts, device.category)
        return replace(view, test=test, fields=(what, *view.fields))

    def _device(self) -> DeviceSettings:
        """Return the device on the right: the draft of a new one, or the chosen."""
        if self._mode is DevicesMode.ADD and self._draft is not None:
            return self._draft
        return self.changes.device(self._chosen)

    # ------------------------------------------------------------------ intents

    def begin(self) -> None:
        """The page is on show: know the drivers, draw the test page."""
        if not self._facts:
            task = self._runner.run(self._work.upkeep.device_drivers)
            task.then(self._on_drivers)
        self.tests.draw(self._device())
        self.state_changed.emit()

    def _on_drivers(self, facts: Sequence[DriverFacts]) -> None:
        self._facts = {x.key: x for x in facts}
        self.state_changed.emit()

    def on_report(self, report: DeviceReport) -> None:
        """A device is otherwise than before, while the page is on show."""
        self.tests.take_report(report)
        self.state_changed.emit()

    def select(self, device_id: str) -> None:
        """Another device is looked at."""
        self._chosen, self._mode, self._draft = device_id, DevicesMode.STATE, None
        self._forget_problems()
        self.tests.draw(self._device())
        self.state_changed.emit()

    def on_mode(self, mode: str) -> None:
        """How the device is, or how it is set up."""
        self._mode = DevicesMode(mode)
        self._forget_problems()
        self.state_changed.emit()

    def on_test(self, device_id: str) -> None:
        """Test a device: the key beside it in the list, or its own."""
        self.select(device_id)
        device = self._device()
        kind = KINDS[device.category]
        learned = self.tests.learned(device_id)
        if kind is TestKind.DRAWER:
            self.drawer_wanted.emit()
        elif kind is TestKind.SCAN and learned is not None:
            options = {**device.options, **learned.options}
            self.tests.forget(device_id)
            self._put(replace(device, options=options))
        else:
            self.tests.run(device)

    def takes_scan(self, code: str) -> bool:
        """Tell whether a scan that came as typing was for the test on show."""
        device = self._device()
        is_test = KINDS[device.category] is TestKind.SCAN
        if not is_test or self._mode is not DevicesMode.STATE:
            return False
        self.tests.take_scan(device, code)
        return True

    def on_verdict(self, is_right: bool) -> None:
        """Somebody said how the test page came out."""
        device = self._device()
        self.tests.answer(device, is_right=is_right)
        guided = device.category is DeviceCategory.RECEIPT_PRINTER
        if not is_right and guided and device.connection.kind not in _PAPERLESS:
            self._mode = DevicesMode.GUIDE
            self.guide.begin(device)
        elif not is_right:
            self.on_mode(DevicesMode.SETUP)

    def on_field(self, key: str, value: object) -> None:
        """A field was changed."""
        device = self._device()
        if key == "category":
            self._begin_draft(DeviceCategory(str(value)))
            return
        try:
            fresh = changed(device, self._facts, key, value)
        except GuitaiError as error:
            self._problems[key] = explain(error, self._work.currency).sentence
            self._work.beep()
            self.state_changed.emit()
            return
        self._problems.pop(key, None)
        if self._mode is DevicesMode.ADD:
            self._draft = fresh
            self.state_changed.emit()
        elif fresh != device:
            self._put(fresh)

    def set_paper(self, paper_mm: int) -> None:
        """The slips of this till are printed on another width."""
        printer = self.changes.device(RECEIPT_ID)
        self._put(replace(printer, options={**printer.options, "paper_mm": paper_mm}))

    # ------------------------------------------------------------- add and find

    def on_add(self) -> None:
        """A device is to be set up by hand."""
        self._begin_draft(DeviceCategory.SCANNER)

    def _begin_draft(self, category: DeviceCategory) -> None:
        offered = drivers_for(self._facts, category) or tuple(self._facts.values())
        if not offered:
            return
        desk = self._work.counter.desk
        held = self._draft.device_id if self._draft else desk.ids.new()
        self._draft = fresh_device(held, offered[0])
        self._mode = DevicesMode.ADD
        self._forget_problems()
        self.state_changed.emit()

    def on_add_taken(self) -> None:
        """The new device is to be kept."""
        if self._draft is not None:
            self._put(self._draft)

    def on_find(self) -> None:
        """Search for devices, off the GUI thread."""
        self._mode = DevicesMode.FOUND
        self.search.begin()
        self.state_changed.emit()

    def show_found(self, found: Sequence[FoundDevice]) -> None:
        """Show what was found because it was just plugged in."""
        self._mode = DevicesMode.FOUND
        self.search.take(found)

    def on_found_pressed(self, key: str) -> None:
        """A found device is to be set up; somebody looks at it before it is kept."""
        found, desk = self.search.found[int(key)], self._work.counter.desk
        if found.problem == RULE_PROBLEM:
            self.search.allow()
            return
        device = proposed(found, self._facts, desk.ids.new())
        if device is None:
            self.search.note = _("No driver fits this device.")
        else:
            self._draft, self._mode = device, DevicesMode.ADD
            self._forget_problems()
        self.state_changed.emit()

    # ------------------------------------------------------------------ changes

    def _put(self, device: DeviceSettings) -> None:
        self.changes.put(device)
        self.state_changed.emit()  # a field shows what is in force until it changed

    def on_remove(self) -> None:
        """The device is not used any more."""
        self._mode = DevicesMode.STATE
        self.changes.remove(self._device())

    def _on_accepted(self, device: DeviceSettings) -> None:
        self._chosen = device.device_id
        if self._mode is DevicesMode.ADD:
            self.search.drop(device.connection)
            self._mode, self._draft = DevicesMode.STATE, None

    def _on_changed(self) -> None:
        self.tests.draw(self._device())
        self.state_changed.emit()

    def _forget_problems(self) -> None:
        self._problems, self.changes.problem = {}, ""
