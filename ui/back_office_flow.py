"""The back office: a tab for those who may run the shop, part by part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.i18n import _
from ui.back_office_parts import PARTS, PartEntry
from ui.feature import Feature
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.frame_state import KeyHint, TabView
from ui.screens.back_office_page import BackOfficePage
from ui.widgets.office_rail import RailEntry

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.unsaved import UnsavedDialog
    from ui.screens.back_office import BackOfficeScreen

TAB = "office"


class BackOfficeFlow(Feature):
    """Leads from part to part; one of them is on the screen."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._screen: BackOfficeScreen | None = None
        self._made: dict[str, tuple[BackOfficePart, BackOfficePage]] = {}
        self._unsaved: UnsavedDialog | None = None
        self.shown_key = ""
        self._off: frozenset[str] = frozenset()

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self._screen is not None and shown is self._screen

    @override
    def manual_name(self) -> str:
        made = self._made.get(self.shown_key)
        page = made[0].manual_page if made else ""
        return "_".join(x for x in ("office", self.shown_key, page) if x)

    @property
    def screen(self) -> BackOfficeScreen:
        """The screen; made once, when it is first opened."""
        if self._screen is None:
            from ui.screens.back_office import BackOfficeScreen

            made = BackOfficeScreen()
            self.flow.window.add(made)
            made.part_chosen.connect(self.go)
            made.closed.connect(self._on_closed)
            made.top_bar.tab_selected.connect(self.flow.features.on_tab)
            made.top_bar.lock_pressed.connect(self.flow.lock)
            made.top_bar.cashier_pressed.connect(self.flow.lock)
            made.status_bar.chip_pressed.connect(self.flow.on_chip)
            self._screen = made
        return self._screen

    @property
    def part(self) -> BackOfficePart | None:
        """The part on show."""
        made = self._made.get(self.shown_key)
        return made[0] if made else None

    def entries(self) -> tuple[PartEntry, ...]:
        """Return the parts that this person may open, of what the shop has.

        What it has is asked between two customers only: a scan waits for nothing.
        """
        work = self.flow.work
        staff = work.counter.desk.session.staff
        if staff is None:
            return ()
        if work.counter.sale.basket is None:
            self._off = frozenset(x.key for x in PARTS if not x.is_on(work))
        return tuple(
            x
            for x in PARTS
            if x.key not in self._off and any(staff.may(one) for one in x.permissions)
        )

    @override
    def tab(self) -> TabView | None:
        if not self.entries():
            return None
        return TabView(TAB, _("Back office"), "storefront")

    @override
    def open(self) -> None:
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            return
        keys = [entry.key for entry in self.entries()]
        if keys:
            self.go(self.shown_key if self.shown_key in keys else keys[0])

    def go(self, where: str) -> None:
        """Show a part: its key, with what it shall open behind a colon."""
        key, _colon, subject = where.partition(":")
        entry = next((x for x in self.entries() if x.key == key), None)
        if entry is None or (key != self.shown_key and self.holds(self._to(where))):
            return
        if key not in self._made:
            self._made[key] = self._make(entry)
        self.shown_key = key
        part, page = self._made[key]
        self.flow.window.show_screen(self.screen)
        self.screen.show_page(page)
        part.begin(subject)
        self.flow.render()

    def _make(self, entry: PartEntry) -> tuple[BackOfficePart, BackOfficePage]:
        flow = self.flow
        place = BackOfficePlace(flow.work, flow.frame, flow.runner)
        part, page = entry.make(flow, place)
        part.changed.connect(flow.render)
        part.left.connect(self.go)
        return part, page

    def _to(self, where: str) -> Callable[[], None]:
        return lambda: self.go(where)

    @override
    def holds(self, go_on: Callable[[], None]) -> bool:
        """Ask what becomes of what is not saved, if there is anything."""
        part = self.part
        if part is None or not self.is_shown or part.is_working or part.may_leave():
            return False
        if part.unsaved():
            self._ask(part, go_on)
        return True

    def _ask(self, part: BackOfficePart, go_on: Callable[[], None]) -> None:
        def on_thrown_away() -> None:
            part.throw_away()
            go_on()

        if self._unsaved is None:
            from ui.dialogs.unsaved import UnsavedDialog

            self._unsaved = UnsavedDialog(self.flow.window)
            self.flow.dialogs.own(self._unsaved)
        words = part.unsaved()
        self._unsaved.ask_about(words, on_thrown_away, lambda: part.save(go_on))

    def _on_closed(self) -> None:
        if not self.holds(self.flow.go_to_sale):
            self.flow.go_to_sale()

    @override
    def show(self) -> None:
        part, page = self._made[self.shown_key]
        entries = [
            RailEntry(x.key, _(x.title), x.icon, x.group, _(x.group))
            for x in self.entries()
        ]
        frame = self.flow.frame.state((KeyHint("Esc", _("Back")),), tab=TAB)
        self.screen.show_state(frame, entries, self.shown_key)
        page.show_state(part.state)

    @override
    def retranslate(self) -> None:
        if self._screen is not None:
            self._screen.retranslate()
        for _part, page in self._made.values():
            page.retranslate()

    @override
    def takes_scan(self, code: str) -> bool:
        return bool(self.is_shown and self.part and self.part.takes_scan(code))

    @override
    def takes_pad(self, value: str) -> bool:
        return bool(self.is_shown and self.part and self.part.takes_pad(value))

    @override
    def takes_action(self, action: Action) -> bool:
        if not self.is_shown or self.part is None:
            return False
        is_step = action in {Action.UP, Action.DOWN}
        in_list = is_step and self.screen.list_has_focus
        if not in_list and self.part.takes_action(action):
            return True
        if action is Action.FIND:
            return self._made[self.shown_key][1].starts_search()
        if action is Action.ESCAPE:
            self._on_closed()
        elif is_step:
            self._step(-1 if action is Action.UP else 1)
        return is_step or action is Action.ESCAPE

    def _step(self, by: int) -> None:
        """Open the neighbour of the part on show; the ends are ends."""
        keys = [entry.key for entry in self.entries()]
        at = keys.index(self.shown_key) + by if self.shown_key in keys else 0
        if 0 <= at < len(keys):
            self.go(keys[at])
            if self.shown_key == keys[at]:  # else it is asked what is not saved
                self.screen.rail.give_keyboard(keys[at])
