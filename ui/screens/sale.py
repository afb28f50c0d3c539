"""The sale screen: ticket, goods, pay. Renders one state, emits intents."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.format import amount, money, symbol_of
from ui.presenters.frame_state import FrameState
from ui.presenters.sale_state import QuickCash, SaleFunction, SaleState
from ui.screens.errand_keys import ErrandKeys
from ui.screens.line_keys import LineKeys
from ui.screens.pay_column import PayColumn, TwoKeys
from ui.screens.quick_cash_faces import quick_faces
from ui.screens.sale_goods import GoodsColumn
from ui.screens.ticket_column import TicketColumn
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.counter_frame import CounterFrame
from ui.widgets.entry_line import EntryFace


class SaleScreen(QWidget):
    """What the cashier sees all day."""

    pad_pressed = Signal(str)
    """A key of the pad was pressed; the value of its `PadKey`."""
    line_selected = Signal(str)
    """A ticket line was touched; its id."""
    quantity_stepped = Signal(int)
    """−1 or +1 for the selected line."""
    quantity_pressed = Signal()
    """The quantity key: the entry becomes the selected line's quantity."""
    price_pressed = Signal()
    """Another price for the selected line is wanted."""
    discount_pressed = Signal()
    """A discount on the selected line is wanted."""
    why_pressed = Signal()
    """Why does the selected line cost what it costs?"""
    delete_pressed = Signal()
    """The selected line is to go."""
    register_pressed = Signal(str)
    """Register the goods of a red line; its id."""
    find_pressed = Signal(str)
    """Find goods by name for a red line; its id."""
    unknown_delete_pressed = Signal(str)
    """A red line is to go; its id."""
    tab_selected = Signal(str)
    """A category was chosen; its key."""
    tile_pressed = Signal(str)
    """A quick key was pressed; its key."""
    search_edited = Signal(str)
    """Somebody typed into the search box; the whole text."""
    search_picked = Signal(str)
    """A search result was picked; its key."""
    search_left = Signal()
    """The search was left without picking."""
    function_pressed = Signal(str)
    """A function key was pressed; the value of its `SaleFunction`."""
    quick_cash_pressed = Signal(int)
    """A one-tap cash key was pressed; the note's value in minor units."""
    pay_pressed = Signal()
    """The main key: go to payment."""
    undo_pressed = Signal()
    """The toast's undo."""
    lock_pressed = Signal()
    """The lock in the top bar."""
    cashier_pressed = Signal()
    """The cashier's name in the top bar."""
    top_tab_selected = Signal(str)
    """A tab of the top bar; its key."""
    chip_pressed = Signal(str)
    """A chip of the status bar; its key."""
    errand_pressed = Signal(str)
    """A key that a feature has lent a place; its key."""
    band_pressed = Signal()
    """The key in the band above the ticket."""
    member_pressed = Signal()
    """The member's strip was touched, or its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("saleScreen")
        self._make_buttons()
        self.ticket = TicketColumn([(button, 1) for button in self.line_keys.all])
        self.goods = GoodsColumn()
        self.pay = PayColumn(TwoKeys(*self.quick_keys))
        self.errand = ErrandKeys(self.ticket, self.pay, self.quick_keys)
        self.frame = CounterFrame(self.ticket, self.goods, self.pay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._quick: tuple[QuickCash, ...] = ()
        self._searched = ""
        self._connect()
        self.retranslate()

    @override
    def render(self, state: SaleState) -> None:  # type: ignore[override]
        """Show a state; paints only what differs from the one before."""
        self.render_frame(state.frame)
        self.ticket.show_ticket(
            state.band, state.lines, state.selected_index, state.currency, state.sums
        )
        own = _("Scan the first item"), _("Or press a tile, or type a name")
        self.ticket.ticket.invite(*(state.invitation or own))
        self.ticket.problem.show_problem(state.problem)
        self.ticket.policy.show_policy(state.policy)
        self.ticket.nearly.show_nearly(state.nearly)
        self.ticket.nearly.setVisible(state.has_nearly_place)
        self.goods.show_goods(state)
        self._show_search(state)
        self._show_amount(state)
        self._show_actions(state)
        self._place_toast()

    def render_frame(self, state: FrameState) -> None:
        """Show clock, chips, message and toast; the rest stays."""
        self.frame.show_frame(state)

    def start_search(self) -> None:
        """Put the cursor into the search box (F3)."""
        self.goods.search.start()

    def choose_result(self, step: int) -> bool:
        """Choose a result further down or up; False while nobody searches."""
        if self.goods.search.field.hasFocus():
            self.goods.found.choose(step)
            return True
        return False

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        self.goods.retranslate()
        self.pay.keypad.retranslate()
        self.ticket.problem.retranslate()
        self.line_keys.retranslate()
        self.ticket.header.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toast above the sums."""
        super().resizeEvent(event)
        self._place_toast()

    def _place_toast(self) -> None:
        """Stand above the sums; over them while a red line needs the room above."""
        waits = self.ticket.problem.isVisibleTo(self)
        self.frame.place_toast(self.ticket.action_row if waits else self.ticket.sums)

    def _make_buttons(self) -> None:
        self.line_keys = LineKeys(self)
        quick = ButtonFace(
            icon="money-wavy",
            kind=Kind.QUICK,
            arrangement=Arrangement.ROW_LEFT,
            text_role="body",
        )
        self.quick_keys = (
            ActionButton("quickCash1", quick),
            ActionButton("quickCash2", quick),
        )

    def _connect(self) -> None:
        keys = self.line_keys
        keys.stepped.connect(self.quantity_stepped)
        keys.count.clicked.connect(self.quantity_pressed)
        keys.price.clicked.connect(self.price_pressed)
        keys.discount.clicked.connect(self.discount_pressed)
        keys.delete.clicked.connect(self.delete_pressed)
        keys.why.clicked.connect(self.why_pressed)
        self.quick_keys[0].clicked.connect(self._on_first_quick)
        self.quick_keys[1].clicked.connect(self._on_second_quick)
        self.pay.main.clicked.connect(self._on_main)
        self.errand.pressed.connect(self.errand_pressed)
        self.pay.keypad.pressed.connect(self.pad_pressed)
        self.ticket.ticket.line_pressed.connect(self.line_selected)
        self.ticket.problem.register_pressed.connect(self.register_pressed)
        self.ticket.problem.find_pressed.connect(self.find_pressed)
        self.ticket.problem.delete_pressed.connect(self.unknown_delete_pressed)
        self.ticket.band.action_pressed.connect(self.band_pressed)
        self.ticket.band.member_pressed.connect(self.member_pressed)
        self._connect_goods()
        self._connect_frame()

    def _connect_goods(self) -> None:
        self.goods.tabs.tab_selected.connect(self.tab_selected)
        self.goods.tiles.tile_pressed.connect(self.tile_pressed)
        self.goods.function_pressed.connect(self.function_pressed)
        self.goods.search.text_edited.connect(self.search_edited)
        self.goods.search.left.connect(self._on_search_left)
        self.goods.panel.closed.connect(self._on_search_left)
        self.goods.found.picked.connect(self._on_picked)

    def _connect_frame(self) -> None:
        self.frame.top_bar.lock_pressed.connect(self.lock_pressed)
        self.frame.top_bar.cashier_pressed.connect(self.cashier_pressed)
        self.frame.top_bar.tab_selected.connect(self.top_tab_selected)
        self.frame.status_bar.chip_pressed.connect(self.chip_pressed)
        self.frame.toast.undo_pressed.connect(self.undo_pressed)

    def _show_search(self, state: SaleState) -> None:
        """Follow the presenter's text only when it changes: the field may be ahead."""
        if state.search_text != self._searched:
            self._searched = state.search_text
            if not state.search_text or not self.goods.search.field.hasFocus():
                self.goods.search.show_text(state.search_text)

    def _show_amount(self, state: SaleState) -> None:
        saved = state.errand.note if state.errand else ""
        if state.saved_minor and not state.errand:
            saved = _("Saved {amount}", amount=money(state.saved_minor, state.currency))
        self.pay.display.show_amount(
            AmountFace(
                label=state.due_label or _("Total due"),
                amount=amount(state.amount_due_minor, state.currency),
                symbol=symbol_of(state.currency),
                note=state.count_text,
                saved=saved,
                extra=state.pricing_text or state.tax_text,
            )
        )
        hint = state.entry_hint or _("Qty × barcode / SKU")
        self.pay.entry.show_entry(
            EntryFace(hint, state.entry_text, problem=state.entry_problem)
        )

    def _show_actions(self, state: SaleState) -> None:
        self.errand.show_errand(state.errand)
        if state.errand is None or not state.errand.line_keys:
            self.line_keys.show_for(state)
        for function in state.functions:
            if function in {SaleFunction.VOID_SALE, SaleFunction.SALE_DISCOUNT}:
                self.goods.function_key(function).set_available(bool(state.lines))
        if state.errand is not None:
            return
        is_free = not state.blocked_reason
        below = state.pricing_text or _("Cash, card, phone code")
        self.pay.main.retitle(_("Take payment"), below)
        icon = "" if state.problem else "barcode"
        self.pay.main.set_available(
            is_free, state.blocked_reason, state.blocked_detail, icon
        )
        self._show_quick(state, is_free=is_free)

    def _show_quick(self, state: SaleState, *, is_free: bool) -> None:
        if state.quick_cash:
            self._quick = state.quick_cash[:2]
        faces = quick_faces(state.quick_cash[:2], state.currency)
        for number, button in enumerate(self.quick_keys):
            title, subtitle = faces[number] if number < len(faces) else ("", "")
            button.retitle(title, subtitle)
            button.setVisible(bool(title))
            button.set_available(is_free and bool(title))

    def _on_main(self) -> None:
        if self.errand.shown is None:
            self.pay_pressed.emit()

    def _on_first_quick(self) -> None:
        if self.errand.shown is None:
            self.quick_cash_pressed.emit(self._quick[0].amount_minor)

    def _on_second_quick(self) -> None:
        if self.errand.shown is None:
            self.quick_cash_pressed.emit(self._quick[1].amount_minor)

    def _on_picked(self, key: str) -> None:
        self.goods.search.stop()
        self.search_picked.emit(key)

    def _on_search_left(self) -> None:
        self.goods.search.stop()
        self.goods.search.show_text("")
        self.search_left.emit()
