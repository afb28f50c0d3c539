"""The wizard's page of goods: sample goods, none, or a file with its report."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from pos_app.i18n import Words, _, current_language
from pos_app.services.item_import_words import explain_problem
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.setup_port import GoodsCheck
from ui.presenters.setup_state import WizardState
from ui.screens.settings_fields import Note, TextField
from ui.screens.setup_page import SetupPage
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.table_list import TableList

_WAYS = {"demo": "basket", "import": "file-xls", "empty": "package"}


class GoodsPage(SetupPage):
    """Three cards; below them the file and what became of each line."""

    file_named = Signal(str)
    """A file of items was chosen or its path typed."""

    def __init__(self) -> None:
        super().__init__("goods")
        self.ways = {
            key: ChoiceCard(f"goods-{key}", icon, 92) for key, icon in _WAYS.items()
        }
        self.file = TextField("goods_file", 500)
        face = ButtonFace(icon="file-text", arrangement=Arrangement.ROW)
        self.choose = ActionButton("chooseGoodsFile", face)
        self.note = Note("goodsNote")
        self.report = TableList("goodsReport")
        for way in self.ways.values():
            way.clicked.connect(self._on_way)
        self.file.changed.connect(self._on_typed)
        self.choose.clicked.connect(self._on_choose)
        self._lay_out()
        self.take_sizes()

    def _lay_out(self) -> None:
        self._cards = QHBoxLayout()
        for way in self.ways.values():
            self._cards.addWidget(way)
        self._pick = QHBoxLayout()
        self._pick.addWidget(self.file, 3)
        self._pick.addWidget(self.choose, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._cards)
        self._column.addLayout(self._pick)
        self._column.addWidget(self.note)
        self._column.addWidget(self.report, 1)
        self._column.addStretch(0)

    @override
    def show_state(self, state: WizardState) -> None:
        """Show what is chosen, and what the file holds."""
        draft = state.draft
        words = {
            "demo": (_("Sample goods"), _("298 items to try; delete them later")),
            "import": (
                _("From a file"),
                _("CSV or Excel, for example of the old till"),
            ),
            "empty": (_("None yet"), _("Add them in the back office")),
        }
        for key, way in self.ways.items():
            way.show_choice(*words[key], is_chosen=key == draft.goods)
        is_file = draft.goods == "import"
        self.file.retitle(_("File of items"))
        self.file.show_text(draft.goods_file)
        self.file.show_problem(state.problem_of("goods_file"))
        self.choose.retitle(_("Choose a file"))
        self.choose.set_available(not state.is_reading_goods, _("Reading"))
        for widget in (self.file, self.choose):
            widget.setVisible(is_file)
        check = state.goods if is_file else None
        self.note.setText(self._said(state, check))
        self.report.setVisible(check is not None and bool(check.problems))
        if check is not None:
            self.report.show_table(_table(check))

    def _said(self, state: WizardState, check: GoodsCheck | None) -> str:
        if state.draft.goods == "empty":
            return _(
                "The till opens without goods; nothing can be sold before there are some."
            )
        if state.draft.goods == "demo":
            return _(
                "Prices are in your currency; barcodes start with 952 and belong to nobody."
            )
        if check is None:
            if state.is_reading_goods:
                return _("Reading every line; nothing is written yet.")
            return _(
                "The first line names the columns: name, price, barcode, category and others."
            )
        said = _(
            "{lines} lines: {added} can be taken, {refused} cannot, {warnings} with a remark.",
            lines=check.lines,
            added=check.added,
            refused=check.refused,
            warnings=check.warnings,
        )
        if check.unused_columns:
            columns = ", ".join(check.unused_columns[:8])
            said += " " + _("Columns not used: {columns}", columns=columns)
        return said

    def _on_way(self) -> None:
        sender = self.sender()
        for key, way in self.ways.items():
            if way is sender:
                self.changed.emit("goods", key)

    def _on_typed(self, _key: str, path: object) -> None:
        self.file_named.emit(str(path))

    def _on_choose(self) -> None:
        kinds = _("Items (*.csv *.txt *.tsv *.xlsx)")
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if path:
            self.file_named.emit(path)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self._cards.setSpacing(now.px(12))
        self._pick.setSpacing(now.px(12))
        self._column.setSpacing(now.px(14))
        self.choose.set_size(72)


def _table(check: GoodsCheck) -> ListTableView:
    """Return the problems of a file, line by line."""
    words = Words(current_language())
    rows = tuple(
        ListRowView(
            key="",
            cells=(
                str(problem.line),
                problem.column,
                problem.value[:40],
                explain_problem(problem, words),
            ),
        )
        for problem in check.problems
    )
    return ListTableView(
        title=check.name,
        heads=(_("Line"), _("Column"), _("Value"), _("What is wrong")),
        is_number=(False, False, False, False),
        weights=(3, 7, 15, 30),
        rows=rows,
    )
