"""The editor of a promotion: its sentence with blanks, keys below, a card beside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos_app.i18n import _
from ui.presenters.promotion_editor import parts_words
from ui.presenters.promotions_state import EditorView, OptionView
from ui.screens.office_promotion_fields import FieldsCard
from ui.screens.office_promotion_goods import GoodsPage
from ui.screens.office_promotion_sample import SamplePage
from ui.screens.settings_page import scrolled
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.panel import Panel
from ui.widgets.sentence import SentenceView
from ui.widgets.warn_note import WarnNotes

_ROW = Arrangement.ROW


class PromotionEditorPage(QWidget):
    """Shows `EditorView`."""

    tapped = Signal(str)
    """A blank, or a key below the sentence."""
    parts_changed = Signal(int)
    """A step or part more, or one less."""

    def __init__(self) -> None:
        super().__init__()
        self.left = Panel("promotionEditor", icon="tag")
        self.right = Panel("promotionBeside", icon="basket")
        self.left.set_closable(False)
        self.sentence = SentenceView("promotionSentence")
        self.problem = QLabel()
        self.problem.setObjectName("promotionProblem")
        self.problem.setProperty("tone", "danger")
        self.problem.setWordWrap(True)
        self.doubts = WarnNotes("promotionDoubts")
        self.grow = ActionButton(
            "promotionGrow", ButtonFace(icon="plus", arrangement=_ROW)
        )
        self.shrink = ActionButton(
            "promotionShrink", ButtonFace(icon="minus", arrangement=_ROW)
        )
        self.back = ActionButton(
            "promotionBack", ButtonFace(icon="arrow-left", arrangement=_ROW)
        )
        self.save = ActionButton(
            "promotionSave", ButtonFace(icon="check", arrangement=_ROW)
        )
        self.start = ActionButton(
            "promotionStart", ButtonFace(icon="check-circle", arrangement=_ROW)
        )
        self.fields, self.goods, self.sample = FieldsCard(), GoodsPage(), SamplePage()
        self.done = ActionButton(
            "promotionCardDone",
            ButtonFace(icon="check", kind=Kind.PRIMARY, arrangement=_ROW),
        )
        self.dry_run = ActionButton(
            "promotionDryRun", ButtonFace(icon="chart-bar", arrangement=_ROW)
        )
        self._options: dict[str, ActionButton] = {}
        self._grid = QGridLayout()
        self.stack = QStackedWidget()
        self._lay_out()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.addWidget(self.grow)
        parts.addWidget(self.shrink)
        form = QVBoxLayout()
        form.addWidget(self.sentence)
        form.addWidget(self.problem)
        form.addWidget(self.doubts)
        form.addLayout(parts)
        form.addLayout(self._grid)
        self.form = form
        self.left.body.addWidget(scrolled(form), 1)
        for key, stretch in ((self.back, 2), (self.save, 3), (self.start, 3)):
            self.left.add_action(key, stretch)
        for page in (self.sample, self.fields, self.goods):
            self.stack.addWidget(page)
        self.right.body.addWidget(self.stack, 1)
        self.right.add_action(self.done)
        self.right.add_action(self.dry_run)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.left, 11)
        self._row.addWidget(self.right, 10)
        self.sentence.tapped.connect(self.tapped)
        for key, by in ((self.grow, 1), (self.shrink, -1)):
            key.setProperty("by", by)
            key.clicked.connect(self._on_parts)

    # --------------------------------------------------------------- what to show

    def show_editor(self, view: EditorView, *, is_working: bool) -> None:
        """Show a promotion."""
        self.left.set_title(view.title, "tag")
        self.sentence.show_pieces(view.pieces, view.open_blank, view.problem_blank)
        self.problem.setText(f"⊘ {view.problem}" if view.problem else "")
        self.problem.setVisible(bool(view.problem))
        self.doubts.show_notes(view.doubts)
        more, less = parts_words(view)
        self.grow.retitle(more)
        self.shrink.retitle(less)
        self.grow.setVisible(view.can_grow)
        self.shrink.setVisible(view.can_shrink)
        self._show_options(view)
        self.back.retitle(_("Back"))
        self.save.retitle(_("Store as a draft"))
        # One key is green, the next step: with a card open that is the card's.
        kind = Kind.PRIMARY if view.card is None else Kind.PLAIN
        face = ButtonFace(_("Start…"), icon="check-circle", kind=kind, arrangement=_ROW)
        self.start.set_face(face)
        self.save.set_available(view.can_save and not is_working)
        self.start.set_available(view.can_start and not is_working)
        self._show_card(view)

    def _show_options(self, view: EditorView) -> None:
        if [x.key for x in view.options] != list(self._options):
            self._make_options(view.options)
        for option in view.options:
            key = self._options[option.key]
            key.retitle(option.title, option.value)
            key.set_selected(option.key == view.open_blank)

    def _make_options(self, options: tuple[OptionView, ...]) -> None:
        for old in self._options.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._options = {}
        for at, option in enumerate(options):
            face = ButtonFace(arrangement=Arrangement.ROW_LEFT)
            key = ActionButton(f"option-{option.key}", face)
            key.setProperty("option", option.key)
            key.set_size(58)
            key.clicked.connect(self._on_option)
            self._grid.addWidget(key, at // 2, at % 2)
            self._options[option.key] = key
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def _show_card(self, view: EditorView) -> None:
        card = view.card
        self.done.setVisible(card is not None)
        self.done.retitle(_("Done"))
        self.dry_run.setVisible(card is None)
        self.dry_run.retitle(_("Try on last week's sales"))
        self.dry_run.set_available(not view.problem)
        self.right.set_closable(card is not None)
        if card is None:
            self.fields.forget()
            self.right.set_title(_("Sample basket"), "basket")
            self.sample.show_sample(view.sample)
            self.stack.setCurrentWidget(self.sample)
            return
        self.right.set_title(card.title, "pencil-simple")
        if card.goods is not None:
            self.fields.forget()
            self.goods.show_goods(card.goods)
            self.stack.setCurrentWidget(self.goods)
            return
        self.stack.setCurrentWidget(self.fields)
        self.fields.show_card(card)

    # ------------------------------------------------------------------ what is done

    def _on_option(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.tapped.emit(str(sender.property("option")))

    def _on_parts(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.parts_changed.emit(int(sender.property("by")))

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        self.form.setSpacing(now.px(10))
        self._grid.setSpacing(now.px(8))
        self.problem.setFont(font(now, "cap"))
        for key in (self.grow, self.shrink):
            key.set_size(48)
        for key in (self.back, self.save, self.start, self.done, self.dry_run):
            key.set_size(60)
