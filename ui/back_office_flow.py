"""The back office: a tab for those who may run the shop, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.i18n import _
from ui.back_office_parts import PARTS, PartEntry
from ui.feature import Feature
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.frame_state import KeyHint, TabView
from ui.screens.back_office_page import BackOfficePage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.screens.back_office import BackOfficeScreen

TAB = "office"


class BackOfficeFlow(Feature):
    """Leads from part to part; one of them is on the screen."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._screen: BackOfficeScreen | None = None
        self._made: dict[str, tuple[BackOfficePart, BackOfficePage]] = {}
        self.shown_key = ""

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self._screen is not None and shown is self._screen

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
        """Return the parts that this person may open."""
        staff = self.flow.work.counter.desk.session.staff
        if staff is None:
            return ()
        return tuple(x for x in PARTS if any(staff.may(one) for one in x.permissions))

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
        if entry is None or (key != self.shown_key and not self._may_leave()):
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

    def _may_leave(self) -> bool:
        return self.part is None or not self.is_shown or self.part.may_leave()

    def _on_closed(self) -> None:
        if self._may_leave():
            self.flow.go_to_sale()

    @override
    def show(self) -> None:
        part, page = self._made[self.shown_key]
        entries = [(x.key, _(x.title), x.icon) for x in self.entries()]
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
        if self.part.takes_action(action):
            return True
        if action is Action.ESCAPE:
            self._on_closed()
            return True
        return False
