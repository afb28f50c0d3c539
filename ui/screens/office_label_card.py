"""The right side of the labels' page: the label as it will look, or what is on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.labels_state import LabelFormsView, LabelsState, LabelView
from ui.screens.item_fields import FormField
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_page import scrolled
from ui.screens.settings_switch import Switch
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import brush, pen
from ui.widgets.empty_note import paint_empty
from ui.widgets.panel import Panel

#: A label is paper: white in the dark theme too.
_PAPER, _PAPER_EDGE = "#FFFFFF", "#C9D3D6"


class LabelPaper(QWidget):
    """A label, as large as the room allows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("labelPaper")
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, expanding)
        self._png = b""
        self._picture = QPixmap()
        self._empty = ""

    def show_label(self, png: bytes, name: str, empty: str) -> None:
        """Show a label; b"" says `empty` instead."""
        self.setAccessibleName(name or empty)
        if png != self._png:
            self._png, self._picture = png, QPixmap()
            if png:
                self._picture.loadFromData(png)
        self._empty = empty
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper in the middle."""
        del event
        with QPainter(self) as painter:
            if self._picture.isNull():
                if self._empty:
                    paint_empty(painter, self.rect(), "barcode", (self._empty, ""))
                return
            edge = theme().px(6)
            room = self.rect().adjusted(edge, edge, -edge, -edge)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            fitted = self._picture.size().scaled(
                room.size(), Qt.AspectRatioMode.KeepAspectRatio
            )
            place = room
            place.setSize(fitted)
            place.moveCenter(self.rect().center())
            painter.setBrush(brush(_PAPER))
            painter.setPen(pen(_PAPER_EDGE))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            painter.drawPixmap(place, self._picture)


class LabelCard(Panel):
    """One label; how many of it; what stands on all of them."""

    use_chosen = Signal(str)
    """Another kind of label."""
    counted = Signal(int)
    """More or fewer."""
    setting_changed = Signal(str, object)
    """How labels look: a setting's key and value."""

    def __init__(self) -> None:
        super().__init__("labelCard", icon="barcode")
        self.set_closable(False)
        self.paper = LabelPaper()
        self.uses = SegmentedChoice("labelUses")
        self.weight = FormField("labelWeight", 12)
        row = Arrangement.ROW
        self.counts = {
            by: ActionButton(
                f"labelCount{by:+d}", ButtonFace(f"{by:+d}".replace("-", "\u2212"))
            )
            for by in (-10, -1, 1, 10)
        }
        self.count = ActionButton("labelCount", ButtonFace())
        self.count.setEnabled(False)
        self.remove = ActionButton(
            "labelRemove", ButtonFace(icon="trash", kind=Kind.DANGER_QUIET)
        )
        self.one = ActionButton("labelOne", ButtonFace(icon="printer", arrangement=row))
        self.forms = ActionButton("labelForms", ButtonFace(icon="tag", arrangement=row))
        self.shelf_forms = SegmentedChoice("labelShelfForms")
        self.languages = SegmentedChoice("labelLanguages")
        self.switches: dict[str, Switch] = {}
        self._switch_box = QVBoxLayout()
        self._lay_out()
        self._connect()
        self._take_room()
        theme_host().changed.connect(self._take_room)

    def _lay_out(self) -> None:
        preview, settings = QWidget(), QVBoxLayout()
        self._column = QVBoxLayout(preview)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.paper, 1)
        self._column.addWidget(self.uses)
        self._column.addWidget(self.weight)
        self._counter = QHBoxLayout()
        fewer, more = (-10, -1), (1, 10)
        parts = [self.counts[x] for x in fewer]
        parts += [self.count, *(self.counts[x] for x in more), self.remove]
        for part in parts:
            self._counter.addWidget(part, 1)
        self._column.addLayout(self._counter)
        settings.addWidget(self.shelf_forms)
        settings.addWidget(self.languages)
        settings.addLayout(self._switch_box)
        settings.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(preview)
        self.stack.addWidget(scrolled(settings))
        self.body.addWidget(self.stack, 1)
        self.add_action(self.forms)
        self.add_action(self.one)

    def _connect(self) -> None:
        self.uses.chosen.connect(self.use_chosen)
        for by, button in self.counts.items():
            button.setProperty("by", by)
            button.clicked.connect(self._on_count)
        self.shelf_forms.chosen.connect(self._on_form)
        self.languages.chosen.connect(self._on_language)

    def _on_count(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.counted.emit(int(sender.property("by")))

    def _on_form(self, key: str) -> None:
        self.setting_changed.emit("shelf_form", key)

    def _on_language(self, tag: str) -> None:
        self.setting_changed.emit("label_language", "" if tag == "shop" else tag)

    # -------------------------------------------------------------------- showing

    def show_state(self, state: LabelsState) -> None:
        """Show the chosen label, or what is on labels."""
        forms, label = state.forms, state.label
        if forms is not None:
            self.set_title(_("What is on labels"), "tag")
            self._show_forms(forms)
        elif label is not None:
            self.set_title(label.title, "barcode", below=label.below)
        else:
            self.set_title(_("Label"), "barcode")
        self.stack.setCurrentIndex(0 if forms is None else 1)
        self.forms.retitle(_("Preview") if forms else _("What is on labels"))
        self.one.retitle(_("Print only this one"))
        can = label is not None and bool(label.png) and state.has_printer
        self.one.set_available(can and not state.is_working)
        self._show_label(label)

    def _show_label(self, label: LabelView | None) -> None:
        name = _("Label of {name}", name=label.title) if label else ""
        empty = "" if label else _("Choose a label to look at it")
        if label is not None and label.weight_problem:
            empty = label.weight_problem
        self.paper.show_label(label.png if label else b"", name, empty)
        uses = label.uses if label else ()
        self.uses.setVisible(bool(uses))
        if label is not None and uses:
            self.uses.set_choices([(key, words, "") for key, words in uses])
            self.uses.show_chosen(label.use)
        weight = label.weight if label else None
        self.weight.setVisible(weight is not None)
        self.weight.show_field(_("Net weight in kilograms"), weight or "")
        is_counted = label is not None and label.count > 0
        for button in (*self.counts.values(), self.count, self.remove):
            button.setVisible(is_counted)
        self.count.retitle(str(label.count) if label else "")
        self.count.setAccessibleName(_("How many"))
        for by, button in self.counts.items():
            words = _("Add {count}", count=by) if by > 0 else ""
            button.setAccessibleName(words or _("{count} fewer", count=-by))
        self.remove.setAccessibleName(_("Take it off the list"))

    def _show_forms(self, forms: LabelFormsView) -> None:
        self.shelf_forms.set_choices([(k, w, "") for k, w in forms.shelf_forms])
        self.shelf_forms.show_chosen(forms.shelf_form)
        tongues = [(tag or "shop", words, "") for tag, words in forms.languages]
        self.languages.set_choices(tongues)
        self.languages.show_chosen(forms.language or "shop")
        for key, words, is_on in forms.fields:
            switch = self.switches.get(key)
            if switch is None:
                switch = self.switches[key] = Switch(f"label_{key}")
                switch.changed.connect(self._on_switch)
                self._switch_box.addWidget(switch)
            switch.retitle(words)
            switch.setChecked(is_on)

    field_switched = Signal(str, object)
    """A field is on the labels, or left out."""

    def _on_switch(self, key: str, is_on: object) -> None:
        self.field_switched.emit(key.removeprefix("label_"), is_on)

    def _take_room(self) -> None:
        now = theme()
        self._column.setSpacing(now.px(10))
        self._counter.setSpacing(now.px(6))
        for button in (*self.counts.values(), self.count, self.remove):
            button.set_size(56, 56)
        for button in (self.forms, self.one):
            button.set_size(60)
