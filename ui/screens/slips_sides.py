"""The left sides of the slips' page: switches and words, the logo, the text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import LANGUAGES, _
from ui.presenters.slips_state import LogoView, SlipsState
from ui.presenters.slips_words import KIND_WORDS, SWITCH_WORDS, WAY_WORDS
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import ChoiceField, Labelled, Note
from ui.screens.settings_page import scrolled
from ui.screens.settings_pages import LANGUAGE_NAMES
from ui.screens.settings_switch import Switch
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.code_edit import CodeEdit, WordsEdit

_ROW = Arrangement.ROW


class WordsField(Labelled):
    """Some lines of words; taken over when the keyboard leaves them."""

    changed = Signal(str, str, str)
    """Field, language and words."""

    def __init__(self, field: str, language: str) -> None:
        self.edit = WordsEdit(f"words-{field}-{language}")
        super().__init__(f"{field}-{language}", self.edit)
        self.field, self.language = field, language
        self._shown = ""
        self.edit.left.connect(self._on_left)

    def show_words(self, words: str, placeholder: str) -> None:
        """Show what is in force, unless it is being typed over."""
        self._shown = words
        self.edit.setPlaceholderText(placeholder)
        if not self.edit.hasFocus() and self.edit.toPlainText() != words:
            self.edit.setPlainText(words)

    def _on_left(self) -> None:
        words = self.edit.toPlainText().strip()
        if words != self._shown:
            self._shown = words
            self.changed.emit(self.field, self.language, words)

    @override
    def take_sizes(self) -> None:
        """Three lines high."""
        super().take_sizes()
        self.edit.setFont(font(theme(), "body"))
        self.edit.setFixedHeight(theme().px(84))


class SimpleSide(QWidget):
    """Switches and words; each counts at once, undo takes the last one back."""

    switched = Signal(str, object)
    """A switch and whether it is on."""
    words_written = Signal(str, str, str)
    """Field, language and words."""
    paper_wanted = Signal(int)
    """This till prints on another width; mm."""

    def __init__(self) -> None:
        super().__init__()
        self.switches = {key: Switch(key) for key in SWITCH_WORDS}
        self.paper = ChoiceField("slip_paper_mm")
        self.words_title, self.gift_title = QLabel(), QLabel()
        self.words = [
            WordsField(field, language)
            for field in ("footers", "gift_words")
            for language in LANGUAGES
        ]
        self.form = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self.form))
        parts: list[QWidget] = [*self.switches.values(), self.paper]
        parts += [self.words_title, *self.words[:3], self.gift_title, *self.words[3:]]
        for part in parts:
            self.form.insertWidget(self.form.count() - 1, part)
        for switch in self.switches.values():
            switch.changed.connect(self.switched)
        for field in self.words:
            field.changed.connect(self.words_written)
        self.paper.changed.connect(self._on_paper)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: SlipsState) -> None:
        """Show the switches and words in force."""
        for key, switch in self.switches.items():
            title, detail = SWITCH_WORDS[key]
            switch.retitle(_(title), _(detail) if detail else "")
            switch.setChecked(getattr(state.style, key))
        papers = [("58", "58 mm", ""), ("80", "80 mm", "")]
        self.paper.offer(_("Paper of this till"), papers)
        self.paper.choice.show_chosen(str(state.till_paper_mm))
        self.words_title.setText(_("Words at the foot"))
        self.gift_title.setText(_("Words on gift receipts"))
        for field in self.words:
            field.retitle(LANGUAGE_NAMES[field.language])
            is_footer = field.field == "footers"
            pairs = state.style.footers if is_footer else state.style.gift_words
            hint = state.shop_footer if is_footer else ""
            field.show_words(dict(pairs).get(field.language, ""), hint)

    def _on_paper(self, _key: str, chosen: object) -> None:
        self.paper_wanted.emit(int(str(chosen)))

    def _take_sizes(self) -> None:
        self.form.setSpacing(theme().px(10))
        for title in (self.words_title, self.gift_title):
            title.setFont(font(theme(), "h2"))
            title.setContentsMargins(0, theme().px(12), 0, 0)


class WayKey(ActionButton):
    """One way of printing the logo, with its picture on white paper."""

    def __init__(self, key: str) -> None:
        super().__init__(f"logoWay-{key}", ButtonFace(arrangement=_ROW))
        self.key = key
        self.picture = QLabel()
        self.picture.setObjectName(f"logoPicture-{key}")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setStyleSheet("background: #FFFFFF; border-radius: 6px;")
        self._png = b""

    def show_way(self, png: bytes, room: QSize) -> None:
        """Show the dots; made smaller where they do not fit."""
        if png == self._png and self.picture.width() == room.width():
            return
        self._png = png
        shown = QPixmap()
        shown.loadFromData(png)
        if shown.width() > room.width() or shown.height() > room.height():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = shown.scaled(room, keep, smooth)
        self.picture.setPixmap(shown)


class LogoSide(QWidget):
    """Four ways beside each other; the one that suits is marked."""

    way_chosen = Signal(str)
    """A way of printing it."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Note("logoNote")
        self.ways = {key: WayKey(key) for key in WAY_WORDS}
        self.choose = ActionButton("logoChoose", ButtonFace(arrangement=_ROW))
        self.remove = ActionButton("logoRemove", ButtonFace(arrangement=_ROW))
        face = ButtonFace(kind=Kind.PRIMARY, arrangement=_ROW)
        self.save = ActionButton("logoSave", face)
        self.grid = QGridLayout()
        for index, way in enumerate(self.ways.values()):
            row, column = 2 * (index // 2), index % 2
            self.grid.addWidget(way.picture, row, column)
            self.grid.addWidget(way, row + 1, column)
            way.clicked.connect(self._on_way)
        keys = QHBoxLayout()
        for key in (self.remove, self.choose, self.save):
            keys.addWidget(key, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.note)
        outer.addLayout(self.grid)
        outer.addStretch(1)
        outer.addLayout(keys)

    def show_state(self, state: SlipsState) -> None:
        """Show the logo."""
        logo = state.logo
        self.note.setText(self._words(logo))
        room = QSize((self.width() - theme().px(10)) // 2, theme().px(120))
        pictures = dict(logo.ways)
        for key, way in self.ways.items():
            is_there = key in pictures
            way.setVisible(is_there)
            way.picture.setVisible(is_there)
            if is_there:
                way.show_way(pictures[key], room)
                way.picture.setFixedHeight(theme().px(132))
                is_chosen = key == logo.chosen
                kind = Kind.QUICK if is_chosen else Kind.PLAIN
                icon = "check" if is_chosen else ""
                way.set_face(
                    ButtonFace(
                        _(WAY_WORDS[key]), icon=icon, kind=kind, arrangement=_ROW
                    )
                )
        is_free = not state.is_working and not logo.is_busy
        icon = "tray-arrow-up"
        self.choose.set_face(
            ButtonFace(_("Choose a picture"), icon=icon, arrangement=_ROW)
        )
        self.remove.set_face(ButtonFace(_("Remove"), icon="trash", arrangement=_ROW))
        self.remove.set_available(bool(logo.ways) and is_free)
        self.choose.set_available(is_free)
        self.save.retitle(_("Save"))
        self.save.set_available(logo.is_new and is_free)

    def _words(self, logo: LogoView) -> str:
        if logo.is_busy:
            return _("The picture is being read …")
        if not logo.ways:
            return _("No logo yet. PNG and JPEG can be printed; drawings look best.")
        suited = _(WAY_WORDS[logo.suggested])
        return _("This picture prints best as: {way}", way=suited)

    def _on_way(self) -> None:
        sender = self.sender()
        assert isinstance(sender, WayKey)
        self.way_chosen.emit(sender.key)


class TextSide(QWidget):
    """The template as text, for those who want it."""

    text_edited = Signal(str)
    """The text was changed."""
    kind_chosen = Signal(str)
    """Another paper."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds = SegmentedChoice("slipKinds")
        self.edit = CodeEdit("slipText")
        face = ButtonFace(kind=Kind.LINK, arrangement=_ROW, icon="warning-circle")
        self.problem = ActionButton("slipProblem", face)
        self.built_in = ActionButton("slipBuiltIn", ButtonFace())
        self.undo = ActionButton("slipUndo", ButtonFace())
        self.save = ActionButton("slipSave", ButtonFace(kind=Kind.PRIMARY))
        self._at = (1, 1)
        keys = QHBoxLayout()
        for key in (self.built_in, self.undo, self.save):
            keys.addWidget(key, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.kinds)
        self.kinds.chosen.connect(self.kind_chosen)
        outer.addWidget(self.edit, 1)
        outer.addWidget(self.problem)
        outer.addLayout(keys)
        self.edit.textChanged.connect(self._on_edited)
        self.problem.clicked.connect(self._on_problem)

    def show_state(self, state: SlipsState) -> None:
        """Show the text, unless it is being typed, and what is wrong with it."""
        kinds = [(x.value, _(KIND_WORDS[x]), "") for x in SlipKind]
        self.kinds.set_choices(kinds)
        self.kinds.show_chosen(state.kind.value)
        if self.edit.toPlainText() != state.text:
            is_blocked = self.edit.blockSignals(True)
            self.edit.setPlainText(state.text)
            self.edit.blockSignals(is_blocked)
        self.edit.setAccessibleName(_("Template"))
        problems = {x.line: x.words for x in reversed(state.problems)}
        self.edit.show_problems(problems)
        self.problem.setVisible(bool(state.problems))
        if state.problems:
            first = state.problems[0]
            self._at = (first.line, first.column)
            words = _("Line {line}, {column}: {problem}").format
            self.problem.retitle(
                words(line=first.line, column=first.column, problem=first.words)
            )
        self.built_in.retitle(_("Back to the built-in"))
        self.built_in.set_available(state.is_own or state.is_typed)
        self.undo.retitle(_("Take back"))
        self.undo.set_available(state.is_typed or state.can_undo)
        self.save.retitle(_("Save"))
        is_ready = state.is_typed and not state.problems and not state.is_working
        self.save.set_available(is_ready)

    def _on_edited(self) -> None:
        self.text_edited.emit(self.edit.toPlainText())

    def _on_problem(self) -> None:
        self.edit.go_to(*self._at)
