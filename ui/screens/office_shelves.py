"""The page of categories and quick keys: pages, the board, and what is chosen on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import N_, _
from pos_app.services.shelves import LABEL_LIMIT
from ui.presenters.shelves_state import ChosenKeyView, ShelvesState
from ui.screens.back_office_page import BackOfficePage
from ui.screens.settings_fields import Note, TextField
from ui.theme.host import theme, theme_host
from ui.theme.tokens import stripe_colours
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.found_list import FoundList
from ui.widgets.panel import Panel
from ui.widgets.search_box import SearchBox
from ui.widgets.tile_board import TileBoard
from ui.widgets.two_line_list import TwoLineList

#: A tile's short name in each language, in the order of `LANGUAGES`.
_LABELS = (
    N_("Short name in simplified Chinese"),
    N_("Short name in traditional Chinese"),
    N_("Short name in English"),
)


class ShelvesPage(BackOfficePage):
    """Shows `ShelvesState`."""

    page_chosen = Signal(str)
    """A page of the list."""
    category_dropped = Signal(str, str)
    """A category was dragged to the place of another."""
    action = Signal(str)
    """A key was pressed: "save", "undo", "earlier", "later", "off", "up", "down",
    "edit", "add"."""
    labels_typed = Signal(tuple)
    """Short names of the chosen tile."""
    search_edited = Signal(str)
    """What is searched for, for the free place."""
    found_picked = Signal(str)
    """What was found."""

    def __init__(self) -> None:
        super().__init__("keys")
        self.pages, self.board = TwoLineList("keyPages"), TileBoard()
        self.pages.allow_drag()
        self.left = Panel("shelvesLeft", icon="tree-structure")
        self.middle = Panel("shelvesBoard", icon="lightning")
        self.right = Panel("shelvesChosen", icon="tag")
        self.search, self.found = (
            SearchBox("keySearch", "keySearch"),
            FoundList("keyFound"),
        )
        self.labels = [
            TextField(f"label{at}", LABEL_LIMIT) for at in range(len(_LABELS))
        ]
        self.note = Note("keyNote")
        self.keys: dict[str, ActionButton] = {}
        self._labels: tuple[str, ...] = ()
        for name, icon in _ICONS.items():
            self._add_key(name, icon)
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _add_key(self, name: str, icon: str) -> None:
        kind = Kind.PRIMARY if name == "save" else Kind.PLAIN
        face = ButtonFace(icon=icon, kind=kind, arrangement=Arrangement.ROW)
        button = ActionButton(_NAMES[name], face)
        button.setProperty("action", name)
        button.clicked.connect(self._on_key)
        self.keys[name] = button

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        for card, stretch in ((self.left, 9), (self.middle, 15), (self.right, 12)):
            card.set_closable(False)
            self._row.addWidget(card, stretch)
        self.left.body.addWidget(self.pages, 1)
        self._arrows = QHBoxLayout()
        for name in ("up", "down", "edit"):
            self._arrows.addWidget(self.keys[name], 1)
        self.left.body.addLayout(self._arrows)
        self.left.add_action(self.keys["add"])
        self.middle.body.addWidget(self.board, 1)
        self.middle.add_action(self.keys["undo"])
        self.middle.add_action(self.keys["save"])
        self.chosen, self.free = QWidget(), QWidget()
        self._form = QVBoxLayout(self.chosen)
        for field in self.labels:
            self._form.addWidget(field)
        self._steps = QHBoxLayout()
        for name in ("earlier", "later"):
            self._steps.addWidget(self.keys[name], 1)
        self._form.addLayout(self._steps)
        self._form.addWidget(self.keys["off"])
        free = QVBoxLayout(self.free)
        free.addWidget(self.search)
        free.addWidget(self.found, 1)
        for layout in (self._form, free):
            layout.setContentsMargins(0, 0, 0, 0)
        self.right.body.addWidget(self.chosen)
        self.right.body.addWidget(self.note)
        self.right.body.addWidget(self.free, 1)
        self.right.body.addStretch(0)

    def _connect(self) -> None:
        self.pages.chosen.connect(self.page_chosen)
        self.pages.dropped.connect(self.category_dropped)
        self.search.text_edited.connect(self.search_edited)
        self.search.moved.connect(self.found.choose)
        self.search.submitted.connect(self.found.pick)
        self.search.left.connect(self._on_search_left)
        self.found.picked.connect(self.found_picked)
        for at, field in enumerate(self.labels):
            field.edit.setProperty("at", at)
            field.changed.connect(self._on_label)

    def move_chosen(self, by: int) -> None:
        """Up or down: in the board, if it has the keyboard, else among the pages."""
        if self.board.hasFocus():
            self.board.step_rows(by)
        else:
            self.pages.step(by)

    def seek(self) -> None:
        """Give the keyboard to the search of the free place."""
        self.search.start()

    @property
    def is_seeking(self) -> bool:
        """Tell whether the search has the keyboard."""
        return bool(self.search.field.hasFocus())

    @override
    def show_state(self, state: object) -> None:
        assert isinstance(state, ShelvesState)
        for name, words in _words().items():
            self.keys[name].retitle(_SHORT.get(name, words))
            self.keys[name].setAccessibleName(words)
        self.left.set_title(_("Categories"), "tree-structure")
        self.pages.setAccessibleName(_("Categories"))
        stripes = stripe_colours(theme().name)
        rows = tuple(
            replace(row, stripe=stripes.get(row.stripe, row.stripe))
            for row in state.pages
        )
        self.pages.show_rows(rows, state.page)
        self.middle.set_title(state.title, "lightning")
        self.board.setVisible(state.has_tab)
        self.board.show_board(state.tiles, state.chosen, state.currency)
        self._show_right(state)
        self._show_keys(state)

    def _show_right(self, state: ShelvesState) -> None:
        key = state.key
        is_free = state.chosen == "" and state.has_tab
        self.chosen.setVisible(key is not None)
        self.free.setVisible(is_free)
        self.note.setVisible(key is None and not is_free)
        self.note.setText(
            _("Choose a key to name or move it; the last place takes a new one.")
            if state.has_tab
            else _("Only categories at the top have a tab with keys.")
        )
        title = _("Put goods on this place") if is_free else _("Chosen key")
        self.right.set_title(key.name if key else title, "tag")
        self.search.show_text(state.search)
        self.found.setVisible(bool(state.search))
        self.found.show_found(state.found, state.currency)
        if key is not None:
            self._show_labels(key)

    def _show_labels(self, key: ChosenKeyView) -> None:
        self._labels = key.labels
        named = zip(self.labels, _LABELS, key.labels, strict=True)
        for field, words, text in named:
            field.retitle(_(words))
            field.edit.setPlaceholderText(_("as the goods"))
            field.show_text(text)

    def _show_keys(self, state: ShelvesState) -> None:
        key = state.key
        can = {
            "save": state.is_changed and not state.is_working,
            "undo": state.can_undo and not state.is_working,
            "earlier": key is not None and key.can_go_back,
            "later": key is not None and key.can_go_on,
            "up": state.can_go_up,
            "down": state.can_go_down,
            "edit": state.is_category,
        }
        for name, is_possible in can.items():
            self.keys[name].set_available(is_possible)

    def _on_key(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.action.emit(str(sender.property("action")))

    def _on_label(self, key: str, text: object) -> None:
        at = int(key.removeprefix("label"))
        labels = [*self._labels]
        labels[at] = str(text)
        self.labels_typed.emit(tuple(labels))

    def _on_search_left(self) -> None:
        self.search_edited.emit("")
        self.search.stop()

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(now.px(10))
        self._form.setSpacing(now.px(10))
        for layout in (self._arrows, self._steps):
            layout.setSpacing(now.px(6))
        for name, button in self.keys.items():
            button.set_size(60 if name in {"save", "undo", "add"} else 52)


_ICONS = {
    "save": "check",
    "undo": "arrow-counter-clockwise",
    "earlier": "arrow-left",
    "later": "arrow-right",
    "off": "trash",
    "up": "",
    "down": "",
    "edit": "pencil-simple",
    "add": "plus",
}
_NAMES = {
    "save": "keysSave",
    "undo": "keysUndo",
    "earlier": "keyEarlier",
    "later": "keyLater",
    "off": "keyOff",
    "up": "categoryUp",
    "down": "categoryDown",
    "edit": "categoryEdit",
    "add": "categoryAdd",
}
#: Keys with a sign or an icon alone; a screen reader says the words.
_SHORT = {"up": "↑", "down": "↓", "edit": ""}


def _words() -> dict[str, str]:
    return {
        "save": _("Save"),
        "undo": _("Undo"),
        "earlier": _("To the front"),
        "later": _("To the back"),
        "off": _("Take off the page"),
        "up": _("Category further up"),
        "down": _("Category further down"),
        "edit": _("Edit the category"),
        "add": _("New category"),
    }
