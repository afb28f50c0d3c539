"""The member's panel, in the place of the goods (F2, picture 05)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.i18n import _
from ui.panels.member_enrol import EnrolForm
from ui.presenters.errand_state import KeyView
from ui.presenters.frame_state import Tone
from ui.presenters.member_state import MemberPage, MemberState, SuggestionView
from ui.presenters.two_line import TwoLineRow
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.chip import Chip
from ui.widgets.column import take_out
from ui.widgets.coupon_card import CouponCard
from ui.widgets.member_card import FigureStrip, MemberCard
from ui.widgets.member_search import MemberSearch
from ui.widgets.panel import Panel
from ui.widgets.rows_area import RowsArea
from ui.widgets.section_title import SectionTitle
from ui.widgets.suggestion_card import SuggestionCard
from ui.widgets.two_line_list import TwoLineList

#: Keys below the panel, and beside its field.
_KEYS, _PROOFS = 4, 2


class MemberPanel(Panel):
    """Finds a member, shows one, enrols a new one, or tells the points' history."""

    search_edited = Signal(str)
    """Somebody typed into the field; all of its text."""
    search_submitted = Signal()
    """Enter in the field."""
    search_moved = Signal(int)
    """Up or down in the field: −1 or +1."""
    search_left = Signal()
    """Esc or ✕ in the field."""
    member_chosen = Signal(str)
    """A member of the list was touched; the member's id."""
    key_pressed = Signal(str)
    """A key of the panel; its key."""
    coupon_pressed = Signal(str)
    """The key of a coupon; the coupon's key."""
    suggestion_pressed = Signal(str)
    """Suggested goods were touched; their selling unit."""

    def __init__(self) -> None:
        super().__init__("memberPanel", icon="user-circle")
        self._shown: MemberState | None = None
        self.chip = Chip("memberChip")
        self.chip.setParent(self)
        self.search = MemberSearch()
        self.rows = TwoLineList("memberRows")
        self.history = TwoLineList("memberHistory")
        self.card, self.figures = MemberCard(), FigureStrip()
        self.form = EnrolForm()
        self._more = RowsArea("memberScroll", gap=8)
        self._keys = [ActionButton(f"memberKey{x}", ButtonFace()) for x in range(_KEYS)]
        self._proofs = [
            ActionButton(f"memberProof{x}", ButtonFace()) for x in range(_PROOFS)
        ]
        self._lay_out()
        self._connect()
        theme_host().changed.connect(self._take_spacing)
        self._take_spacing()

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.search, 1)
        for proof in self._proofs:
            self._top.addWidget(proof)
        self.body.addLayout(self._top)
        self.body.addWidget(self.card)
        self.body.addWidget(self.figures)
        self.body.addWidget(self._more, 1)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.history, 1)
        self.body.addWidget(self.form, 1)
        for key in self._keys:
            self.add_action(key)

    def _connect(self) -> None:
        self.search.text_edited.connect(self.search_edited)
        self.search.submitted.connect(self.search_submitted)
        self.search.moved.connect(self.search_moved)
        self.search.left.connect(self.search_left)
        self.rows.chosen.connect(self.member_chosen)
        for number, key in enumerate(self._keys):
            key.clicked.connect(partial(self._on_key, number))
        for number, proof in enumerate(self._proofs):
            proof.clicked.connect(partial(self._on_proof, number))

    def _on_key(self, number: int) -> None:
        if self._shown is not None:
            self.key_pressed.emit(self._shown.keys[number].key)

    def _on_proof(self, number: int) -> None:
        if self._shown is not None:
            self.key_pressed.emit(self._shown.prove[number].key)

    # ------------------------------------------------------------------ showing

    def show_state(self, state: MemberState) -> None:
        """Show a page; widgets are made anew only where it says something else."""
        before, self._shown = self._shown, state
        page = state.page
        self.set_title(state.title)
        self._show_chip(state)
        is_looking = page in {MemberPage.FIND, MemberPage.CARD}
        self.search.setVisible(is_looking)
        if not self.search.field.hasFocus():
            self.search.show_text(state.search)
        self._show_keys(self._proofs, state.prove, Arrangement.STACK)
        self._show_keys(self._keys, state.keys, Arrangement.ROW)
        self.card.show_card(state.card if page is MemberPage.CARD else None)
        self.figures.show_figures(state.figures)
        self.rows.setVisible(page is MemberPage.FIND)
        self.rows.setAccessibleName(_("Members found"))
        self.rows.show_empty(*state.empty)
        self.rows.show_rows(state.rows, state.chosen)
        self.history.setVisible(page is MemberPage.HISTORY)
        self.history.setAccessibleName(_("Points history"))
        self.history.show_rows(state.history)
        self.history.show_empty("coins", _("No points were moved yet"))
        self.form.setVisible(page is MemberPage.ENROL)
        if state.enrol is not None:
            self.form.show_form(state.enrol)
        self._more.setVisible(page is MemberPage.CARD)
        if before is None or _below(before) != _below(state):
            self._fill(state)

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        self._shown = None
        self.search.retranslate()

    def _show_chip(self, state: MemberState) -> None:
        is_proven = state.chip_tone is not Tone.PLAIN
        icon = "shield-check" if is_proven else "user-circle"
        self.chip.show_chip(state.chip, state.chip_tone, icon)
        self.chip.setVisible(bool(state.chip))
        self._place_chip()

    def _place_chip(self) -> None:
        if self._shown is None or not self._shown.chip:
            return
        now, size = theme(), self.chip.sizeHint()
        left = self.title_end() + now.px(12)
        room = self.width() - self._head() - left
        self.chip.setVisible(size.width() <= room)
        top = (self._head() - size.height()) // 2
        self.chip.setGeometry(left, top, size.width(), size.height())

    def _show_keys(
        self,
        places: list[ActionButton],
        views: tuple[KeyView, ...],
        arrangement: Arrangement,
    ) -> None:
        for number, place in enumerate(places):
            is_used = number < len(views)
            place.setVisible(is_used)
            if not is_used:
                continue
            view = views[number]
            face = ButtonFace(
                view.title,
                view.subtitle,
                icon=view.icon,
                hint=view.hint,
                kind=Kind.DANGER_QUIET if view.is_danger else Kind.PLAIN,
                arrangement=arrangement,
                trailing_icon="lock-key" if view.is_locked else "",
            )
            place.set_face(face)
            place.set_available(view.is_available, view.reason, view.detail)

    def _fill(self, state: MemberState) -> None:
        """Make coupons, suggestions and purchases anew."""
        column = self._more.column
        take_out(column)
        if state.page is not MemberPage.CARD:
            return
        for coupon in state.coupons:
            card = CouponCard(coupon)
            card.pressed.connect(self.coupon_pressed)
            column.addWidget(card)
        if state.suggestions:
            self._add_title(_("Suggested"), state.suggestions_note)
            column.addWidget(self._suggestions(state.suggestions))
        if state.purchases:
            self._add_title(_("Last purchases"), "")
            column.addWidget(_purchases(state.purchases))
        column.addStretch(1)

    def _add_title(self, words: str, note: str) -> None:
        title = SectionTitle("memberTitle")
        self._more.column.addWidget(title)  # first: alone it would be a window
        title.show_title(words, note)

    def _suggestions(self, views: tuple[SuggestionView, ...]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        for view in views:
            card = SuggestionCard(view)
            card.wanted.connect(self.suggestion_pressed)
            row.addWidget(card, 1)
        return holder

    def _take_spacing(self) -> None:
        now = theme()
        self._top.setSpacing(now.px(8))
        for proof in self._proofs:
            proof.set_size(52, 76)
            proof.setMaximumWidth(now.px(84))
        for key in self._keys:
            key.set_size(48)
        self._place_chip()


def _below(state: MemberState) -> tuple[object, ...]:
    """Return what the part that scrolls shows."""
    said = (state.suggestions, state.suggestions_note, state.purchases)
    return (state.page, state.coupons, *said)


def _purchases(rows: tuple[TwoLineRow, ...]) -> TwoLineList:
    """Return a list that is as high as its rows: what scrolls is around it."""
    made = TwoLineList("memberPurchases")
    made.setAccessibleName(_("Last purchases"))
    made.show_rows(rows)
    made.setFixedHeight(theme().px(62) * len(rows))
    return made
