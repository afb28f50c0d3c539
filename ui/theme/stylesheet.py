"""QSS of a theme: what Qt's own widgets need; ours paint themselves."""

from __future__ import annotations

from string import Template

from ui.theme.theme import Theme

_SHEET = Template("""
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[surface="bg"] { background: $bg; }
QWidget[surface="surface"] { background: $surface; }
QWidget[surface="sunken"] { background: $sunken; }
QFrame[card="true"] {
  background: $surface; border: 1px solid $line; border-radius: ${r_card}px;
}
QLabel { background: transparent; }
QLabel[tone="dim"] { color: $ink2; }
QLabel[tone="faint"] { color: $ink3; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="save"] { color: $save; }
QLabel[tone="good"] { color: $primaryink; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox, QDateEdit {
  background: $surface; color: $ink; border: 1px solid $linestrong;
  border-radius: ${r_button}px; padding: 0 ${pad}px; min-height: ${field}px;
  selection-background-color: $primary; selection-color: $onprimary;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus,
QComboBox:focus, QDateEdit:focus { border: 2px solid $primary; padding: 0 ${pad1}px; }
QLineEdit[problem="true"] { border: 2px solid $danger; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
  background: $disabledbg; color: $disabledink; border-color: $disabledbg;
}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus,
QTextEdit[bare="true"], QTextEdit[bare="true"]:focus {
  background: transparent; border: none; padding: 0; min-height: 0;
}
QComboBox::drop-down { border: none; width: ${field}px; }
QComboBox QAbstractItemView {
  background: $surface; color: $ink; border: 1px solid $linestrong;
  selection-background-color: $sel; selection-color: $ink; outline: 0;
}
QComboBox QAbstractItemView::item { min-height: ${field}px; padding: 0 ${pad}px; }
QCheckBox, QRadioButton { spacing: ${gap}px; min-height: ${field}px; }
QCheckBox::indicator, QRadioButton::indicator {
  width: ${mark}px; height: ${mark}px; background: $surface;
  border: 2px solid $linestrong; border-radius: ${r_chip}px;
}
QRadioButton::indicator { border-radius: ${mark_half}px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked {
  background: $primary; border-color: $primary;
}
QAbstractItemView { background: transparent; border: none; outline: 0; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar::handle:vertical {
  background: $linestrong; border-radius: ${bar_half}px; min-height: ${field}px;
}
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle:horizontal {
  background: $linestrong; border-radius: ${bar_half}px; min-width: ${field}px;
}
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $notice; color: $onnotice; border: none; }
""")


def stylesheet_of(theme: Theme) -> str:
    """Return the application's QSS for a theme."""
    c = theme.colours
    bar = theme.px(6)
    mark = theme.px(24)
    sizes = {
        "r_card": theme.radius("card"),
        "r_button": theme.radius("button"),
        "r_chip": theme.radius("chip"),
        "pad": theme.px(14),
        "pad1": theme.px(14) - 1,
        "field": theme.px(46),
        "gap": theme.px(12),
        "mark": mark,
        "mark_half": mark // 2 + 2,
        "bar": bar,
        "bar_half": bar // 2,
    }
    named = {name: getattr(c, name) for name in c.__dataclass_fields__}
    return _SHEET.substitute(named | {key: str(size) for key, size in sizes.items()})
