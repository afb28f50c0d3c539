"""The right side of the slips' page: the paper as it will look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from pos_app.i18n import LANGUAGES, _
from ui.presenters.slips_state import SlipsMode, SlipsState
from ui.presenters.slips_words import KIND_WORDS
from ui.presenters.two_line import TwoLineRow
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_pages import LANGUAGE_NAMES
from ui.theme.host import theme, theme_host
from ui.widgets.panel import Panel
from ui.widgets.slip_preview import SlipPreview
from ui.widgets.two_line_list import TwoLineList


class SlipsPreviewCard(Panel):
    """Language, paper, sample or own sale; in the text mode the fields, too."""

    field_chosen = Signal(str)
    """A field is to be written at the cursor; how it is written."""

    def __init__(self) -> None:
        super().__init__("slipsPreview", icon="receipt")
        self.set_closable(False)
        self.tabs = SegmentedChoice("slipsSide")
        self.languages = SegmentedChoice("slipsLanguage")
        self.papers = SegmentedChoice("slipsPaper")
        self.sources = SegmentedChoice("slipsSource")
        self.slip = SlipPreview("slipsPaperView")
        self.fields = TwoLineList("slipFields")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.slip)
        self.stack.addWidget(self.fields)
        self.row = QHBoxLayout()
        self.row.addWidget(self.papers, 1)
        self.row.addWidget(self.sources, 1)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.languages)
        self.body.addLayout(self.row)
        self.body.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._on_tab)
        self.fields.chosen.connect(self.field_chosen)
        self._take_row_size()
        theme_host().changed.connect(self._take_row_size)

    def show_state(self, state: SlipsState) -> None:
        """Show a state."""
        self.set_title(_(KIND_WORDS[state.kind]), "receipt")
        is_text = state.mode is SlipsMode.TEXT
        self.tabs.setVisible(is_text)
        self.tabs.set_choices(
            [("preview", _("Preview"), ""), ("fields", _("Fields"), "")]
        )
        side = self.tabs.chosen_key if is_text else "preview"
        self.tabs.show_chosen(side or "preview")
        self.stack.setCurrentIndex(int(side == "fields"))
        is_fields = side == "fields"
        self.languages.setVisible(not is_fields)
        self.papers.setVisible(not is_fields)
        self.languages.set_choices([(x, LANGUAGE_NAMES[x], "") for x in LANGUAGES])
        self.languages.show_chosen(state.language)
        self.papers.set_choices([("58", "58 mm", ""), ("80", "80 mm", "")])
        self.papers.show_chosen(str(state.paper_mm))
        self.sources.setVisible(state.has_sale and not is_fields)
        self.sources.set_choices([("sample", _("Sample"), ""), ("own", _("Own"), "")])
        self.sources.show_chosen("own" if state.is_own_sale else "sample")
        self.slip.show_slip(state.png)
        self.fields.setAccessibleName(_("Fields"))
        rows = tuple(TwoLineRow(code, code, words) for code, words in state.fields)
        if rows != self.fields.rows:
            self.fields.show_rows(rows, "")

    def _on_tab(self, key: str) -> None:
        self.stack.setCurrentIndex(int(key == "fields"))
        for widget in (self.languages, self.papers, self.sources):
            widget.setVisible(key != "fields")

    def _take_row_size(self) -> None:
        self.row.setSpacing(theme().px(8))
