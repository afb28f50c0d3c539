"""What is asked about an item before something happens that is hard to see later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from typing_extensions import override

from pos_app.i18n import _, plural
from pos_app.services.item_variants import listed_values
from ui.dialogs.dialog import Dialog, DialogText
from ui.dialogs.question import Answer, Question
from ui.format import grouped_code
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

YES, NO, RETIRE = "yes", "no", "retire"


def move_question(code: str, name: str) -> Question:
    """Ask whether a barcode shall leave another item."""
    return Question(
        "barcode",
        _("Move the barcode here?"),
        _(
            "{code} belongs to {name}. Once you save, the next scan sells this item;"
            " what lies in a basket stays what it was.",
            code=grouped_code(code),
            name=name,
        ),
        (
            Answer(NO, _("Leave it there"), "x"),
            Answer(YES, _("Move it here"), "swap", True),
        ),
    )


def free_question() -> Question:
    """Ask whether goods shall really cost nothing."""
    return Question(
        "tag",
        _("Really free of charge?"),
        _("A price is zero. It would be sold for nothing from now on."),
        (
            Answer(NO, _("Type the price"), "pencil-simple", True),
            Answer(YES, _("Yes, it is free"), "check"),
        ),
    )


def delete_question(name: str, *, may_go: bool) -> Question:
    """Ask before an item is gone; or offer to retire what has history."""
    if may_go:
        return Question(
            "trash",
            _("Delete this item?"),
            _("{name} was never sold or moved. It will be gone.", name=name),
            (
                Answer(NO, _("Keep it"), "x", True),
                Answer(YES, _("Delete it"), "trash"),
            ),
        )
    return Question(
        "prohibit",
        _("This item has a history"),
        _(
            "{name} was sold or moved before, so old slips name it and it stays."
            " Retire it: it is sold no more.",
            name=name,
        ),
        (
            Answer(NO, _("Leave it"), "x"),
            Answer(RETIRE, _("Retire it"), "prohibit", True),
        ),
    )


class VariantsDialog(Dialog):
    """Colours and sizes; shows how many variants they make."""

    wanted = Signal(str, str)
    """What was listed: colours, sizes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "variantsDialog", "tree-structure", width=620)
        self.cover_all()
        self.what = DialogText("variantsWhat")
        self.labels = [QLabel(), QLabel()]
        self.edits = [QLineEdit(), QLineEdit()]
        self.count = DialogText("variantsCount")
        self.make = ActionButton(
            "variantsMake",
            ButtonFace(
                icon="check",
                kind=Kind.PRIMARY,
                arrangement=Arrangement.ROW,
                hint="Enter",
            ),
        )
        self.make.set_size(68)
        self.body.addWidget(self.what)
        names = ("variantsFirst", "variantsSecond")
        for label, edit, name in zip(self.labels, self.edits, names, strict=True):
            edit.setObjectName(name)
            edit.setMaxLength(300)
            self.body.addWidget(label)
            self.body.addWidget(edit)
            edit.textEdited.connect(self._show)
            edit.returnPressed.connect(self._on_make)
        self.body.addWidget(self.count)
        self.key_row.addWidget(self.make)
        self.make.clicked.connect(self._on_make)

    def ask(self, name: str) -> None:
        """Open for an item."""
        self.title.setText(_("Make variants"))
        self.what.setText(
            _("{name}: each variant is sold, counted and priced by itself.", name=name)
        )
        words = (_("Colours, apart by commas"), _("Sizes, apart by commas"))
        for label, edit, said in zip(self.labels, self.edits, words, strict=True):
            label.setText(said)
            edit.setAccessibleName(said)
            edit.clear()
        self._show()
        self.open()
        self.edits[0].setFocus()

    def _show(self) -> None:
        axes = [listed_values(edit.text()) for edit in self.edits]
        sizes = [len(axis) for axis in axes if axis]
        total = (sizes[0] if sizes else 0) * (sizes[1] if len(sizes) > 1 else 1)
        words = plural("{count} variant", "{count} variants", total)
        self.count.setText(_("{variants}; those that are there stay", variants=words))
        self.make.retitle(_("Make {variants}", variants=words))
        self.make.set_available(total > 0)

    def _on_make(self) -> None:
        if self.make.isEnabled():
            self.hide()
            self.wanted.emit(self.edits[0].text(), self.edits[1].text())

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        for label, edit in zip(self.labels, self.edits, strict=True):
            label.setFont(font(theme(), "cap"))
            edit.setFont(font(theme(), "body"))
            edit.setMinimumHeight(theme().px(48))
