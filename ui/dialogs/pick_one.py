"""A dialog that offers a list of which one is picked: a category, a shelf."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.dialogs.dialog import Dialog
from ui.presenters.report_state import ListRowView, ListTableView
from ui.theme.host import theme
from ui.widgets.table_list import TableList

_ROWS_SHOWN = 8


class PickDialog(Dialog):
    """Rows of words; a touch picks one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "pickDialog", "tag", width=520)
        self.cover_all()
        self.list = TableList("pickList")
        heads = self.list.findChild(QWidget, "tableHeads")
        assert isinstance(heads, QWidget)
        heads.hide()  # one column needs no head
        self.body.addWidget(self.list, 1)
        self._on_picked: Callable[[str], None] | None = None
        self._keys: list[str] = []
        self.list.chosen.connect(self._on_chosen)

    def pick(
        self,
        title: str,
        rows: Sequence[tuple[str, str]],
        chosen: str,
        then: Callable[[str], None],
    ) -> None:
        """Open.

        Args:
            title: what is picked.
            rows: (key, words), in order.
            chosen: key of what is picked now.
            then: is told the key.
        """
        self._on_picked = then
        self._keys = [key for key, _words in rows]
        # A row without a key opens nothing: "" is a key here as well.
        shown = tuple(
            ListRowView(key=f"pick{at}", cells=(words,))
            for at, (_key, words) in enumerate(rows)
        )
        at = self._keys.index(chosen) if chosen in self._keys else 0
        table = ListTableView(
            title, ("",), (False,), (1,), shown, chosen=f"pick{at}" if shown else ""
        )
        self.title.setText(title)
        count = min(_ROWS_SHOWN, max(3, len(rows)))
        self.list.setMinimumHeight(theme().px(48) * count)
        self.list.show_table(table)
        self.open()

    def _on_chosen(self, key: str) -> None:
        then, self._on_picked = self._on_picked, None
        self.hide()
        if then is not None:
            then(self._keys[int(key.removeprefix("pick"))])
