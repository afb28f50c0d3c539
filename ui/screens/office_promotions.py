"""The page of promotions: list and one of them, or the editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.promotions_state import (
    PromotionsMode,
    PromotionsState,
    PromotionsTab,
    PromotionView,
)
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_dry_run import DryRunPage
from ui.screens.office_promotion_editor import PromotionEditorPage
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import FactRows
from ui.theme.fonts import BOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.panel import Panel
from ui.widgets.search_box import SearchBox
from ui.widgets.two_line_list import TwoLineList

_DANGER = frozenset({"stop", "throw_away", "unschedule"})


class PromotionSearch(SearchBox):
    """Finds promotions by their words."""

    @override
    def icon(self) -> str:
        return "magnifying-glass"

    @override
    def hints(self) -> tuple[str, ...]:
        return (_("Find a promotion by its words"), _("Find a promotion"))

    @override
    def chip_words(self) -> str:
        return ""


class PromotionsPage(BackOfficePage):
    """Shows `PromotionsState`."""

    tab_chosen = Signal(str)
    """Another list; a `PromotionsTab`."""
    row_chosen = Signal(str)
    """A promotion; its id."""
    template_chosen = Signal(str)
    """A sentence to begin with."""
    acted = Signal(str)
    """Something is done with the promotion that is chosen."""

    def __init__(self) -> None:
        super().__init__("promotions")
        self.tabs = SegmentedChoice("promotionTabs")
        self.search = PromotionSearch("promotionSearch", "promotionSearch")
        self.list = TwoLineList("promotionRows")
        self.list.let_rows_grow()
        self.history = TwoLineList("promotionHistory")
        self.templates = TwoLineList("promotionTemplates")
        self.left = Panel("promotionsLeft", icon="tag")
        self.right = Panel("promotionsRight", icon="tag")
        for card in (self.left, self.right):
            card.set_closable(False)
        self.sentence, self.note = QLabel(), QLabel()
        self.sentence.setObjectName("promotionWords")
        self.note.setObjectName("promotionNote")
        self.note.setProperty("tone", "dim")
        for label in (self.sentence, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.facts = FactRows("promotionFacts")
        face = ButtonFace(icon="plus", arrangement=Arrangement.ROW)
        self.new = ActionButton("newPromotion", face)
        self.keys: dict[str, ActionButton] = {}
        self._template = ""
        self.editor, self.dry_run = PromotionEditorPage(), DryRunPage()
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self.left.body.addWidget(self.tabs)
        self.left.body.addWidget(self.search)
        self.left.body.addWidget(self.list, 1)
        self.left.add_action(self.new)
        detail = QWidget()
        self._detail = QVBoxLayout(detail)
        self._detail.setContentsMargins(0, 0, 0, 0)
        for part in (self.sentence, self.note, self.facts):
            self._detail.addWidget(part)
        self._detail.addWidget(self.history, 1)
        self.beside = QStackedWidget()
        self.beside.addWidget(detail)
        self.beside.addWidget(self.templates)
        self.right.body.addWidget(self.beside, 1)
        both = QWidget()
        self._row = QHBoxLayout(both)
        self._row.addWidget(self.left, 11)
        self._row.addWidget(self.right, 10)
        self.stack = QStackedWidget()
        self.stack.addWidget(both)
        self.stack.addWidget(self.editor)
        self.stack.addWidget(self.dry_run)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.tab_chosen)
        self.list.chosen.connect(self.row_chosen)
        self.templates.chosen.connect(self.template_chosen)
        self.search.moved.connect(self.list.step)
        self.search.submitted.connect(self._on_submitted)

    def move_chosen(self, by: int) -> None:
        """Choose the neighbour in the list on show."""
        if self.stack.currentWidget() is self.editor:
            if self.editor.stack.currentWidget() is self.editor.goods:
                self.editor.goods.step(by)
            elif self.editor.stack.currentWidget() is self.editor.sample:
                self.editor.sample.list.step(by)
            return
        if self.beside.currentWidget() is self.templates:
            self._step_template(by)
            return
        self.list.step(by)

    def _step_template(self, by: int) -> None:
        """Mark the neighbouring sentence; Enter begins with it."""
        keys = [row.key for row in self.templates.rows]
        at = keys.index(self._template) + by if self._template in keys else 0
        self._template = keys[max(0, min(len(keys) - 1, at))]
        self.templates.show_rows(self.templates.rows, self._template)

    def take_marked(self) -> None:
        """Take what the arrows have marked."""
        if self.stack.currentWidget() is self.editor:
            if self.editor.stack.currentWidget() is self.editor.goods:
                self.editor.goods.take_marked()
        elif self.beside.currentWidget() is self.templates and self._template:
            self.template_chosen.emit(self._template)

    def seek(self) -> None:
        """Give the keyboard to the search on show."""
        if self.stack.currentWidget() is not self.editor:
            self.search.start()
        elif self.editor.stack.currentWidget() is self.editor.goods:
            self.editor.goods.search.start()

    @override
    def show_state(self, state: object) -> None:
        assert isinstance(state, PromotionsState)
        if state.dry_run is not None:
            self.dry_run.show_state(state.dry_run)
            self.stack.setCurrentWidget(self.dry_run)
            return
        if state.editor is not None:
            self.stack.setCurrentWidget(self.editor)
            self.editor.show_editor(state.editor, is_working=state.is_working)
            return
        self.stack.setCurrentIndex(0)
        self.left.set_title(_("Promotions"), "tag")
        words = {
            PromotionsTab.ACTIVE: _("Running"),
            PromotionsTab.COMING: _("To begin"),
            PromotionsTab.DRAFT: _("Drafts"),
            PromotionsTab.STOPPED: _("Over"),
        }
        counts = dict(state.counts)
        self.tabs.set_choices(
            [
                (tab.value, f"{text} {counts.get(tab.value) or ''}".strip(), "")
                for tab, text in words.items()
            ]
        )
        self.tabs.show_chosen("" if state.search else state.tab.value)
        self.search.show_text(state.search)
        self.list.setAccessibleName(_("Promotions"))
        self.list.show_empty("tag", *_nothing(state))
        self.list.show_rows(state.rows, state.chosen)
        self.new.retitle(_("New promotion"))
        self.new.set_available(not state.is_working)
        self._show_beside(state)

    def _show_beside(self, state: PromotionsState) -> None:
        is_new = state.mode is PromotionsMode.TEMPLATES
        self._template = self._template if is_new else ""
        self.beside.setCurrentIndex(1 if is_new else 0)
        self._show_actions(() if is_new else _actions(state.detail), state)
        if is_new:
            self.right.set_title(_("Which sentence?"), "plus")
            self.templates.setAccessibleName(_("Which sentence?"))
            self.templates.show_rows(state.templates, self._template)
            return
        detail = state.detail
        self.right.set_title(detail.title if detail else _("Promotions"), "tag")
        self.sentence.setText(detail.sentence if detail else "")
        self.note.setText(detail.note if detail else "")
        self.note.setVisible(bool(detail and detail.note))
        self.facts.show_rows(detail.facts if detail else ())
        self.history.setAccessibleName(_("Versions"))
        empty = (
            (_("Choose a promotion"), _("or begin a new one"))
            if not detail
            else ("", "")
        )
        self.history.show_empty("tag", *empty)
        self.history.show_rows(detail.history if detail else ())

    def _show_actions(
        self, actions: tuple[tuple[str, str, str], ...], state: PromotionsState
    ) -> None:
        if [key for key, _words, _icon in actions] != list(self.keys):
            self._make_actions(actions)
        for key, words, _icon in actions:
            self.keys[key].retitle(words)
            self.keys[key].set_available(not state.is_working)

    def _make_actions(self, actions: tuple[tuple[str, str, str], ...]) -> None:
        for old in self.keys.values():
            self.right.action_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.keys = {}
        for at, (key, words, icon) in enumerate(actions):
            kind = Kind.DANGER_QUIET if key in _DANGER else Kind.PLAIN
            if at == len(actions) - 1 and key not in _DANGER:
                kind = Kind.PRIMARY
            face = ButtonFace(words, icon=icon, kind=kind, arrangement=Arrangement.ROW)
            made = ActionButton(f"promotion-{key}", face)
            made.setProperty("act", key)
            made.set_size(60)
            made.clicked.connect(self._on_action)
            self.right.add_action(made)
            self.keys[key] = made

    def _on_action(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.acted.emit(str(sender.property("act")))

    def _on_submitted(self) -> None:
        if self.list.rows:
            self.row_chosen.emit(self.list.rows[0].key)

    @override
    def retranslate(self) -> None:
        self.search.retranslate()
        self.editor.goods.search.retranslate()
        self.editor.fields.retranslate()

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        self._detail.setSpacing(now.px(8))
        self.sentence.setFont(font(now, "h2", BOLD))
        self.note.setFont(font(now, "cap"))
        self.new.set_size(60)


def _actions(detail: PromotionView | None) -> tuple[tuple[str, str, str], ...]:
    return detail.actions if detail is not None else ()


def _nothing(state: PromotionsState) -> tuple[str, str]:
    """Return what an empty list says."""
    if state.search:
        return _("Nothing found"), _("Try fewer letters")
    return {
        PromotionsTab.ACTIVE: (_("No promotion is running"), ""),
        PromotionsTab.COMING: (_("No promotion is to come"), ""),
        PromotionsTab.DRAFT: (_("No drafts"), ""),
        PromotionsTab.STOPPED: (_("No promotion is over"), ""),
    }[state.tab]
