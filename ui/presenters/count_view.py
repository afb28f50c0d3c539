"""What a count looks like: cards of denominations, the display, the entry."""

from __future__ import annotations

from pos_app.domain.denomination import Denomination, Form
from pos_app.i18n import _, current_language, plural
from ui.format import amount, money, short_money
from ui.presenters.count_sheet import CountSheet
from ui.presenters.shift_state import PiecesView, PieceView

_NOTES = (Form.NOTE, Form.CASH)


def piece_name(kind: Denomination, currency: str) -> str:
    """Name a denomination as people do: "¥100", "5 角", "$0.25"."""
    value = kind.value_minor
    is_small_yuan = currency == "CNY" and value < 100
    if is_small_yuan and current_language().startswith("zh"):
        jiao, fen = divmod(value, 10)
        return f"{fen} 分" if fen else f"{jiao} 角"
    return short_money(value, currency)


def note_card(sheet: CountSheet, currency: str) -> PiecesView:
    """Return the card of the notes; of everything where the till cannot tell."""
    is_plain = any(kind.form is Form.CASH for kind in sheet.kinds)
    title = _("Notes and coins") if is_plain else _("Notes")
    return _card(title, "money", (sheet, currency), _NOTES)


def coin_card(sheet: CountSheet, currency: str) -> PiecesView | None:
    """Return the card of the coins; None where there are none."""
    if not any(kind.form is Form.COIN for kind in sheet.kinds):
        return None
    return _card(_("Coins"), "coins", (sheet, currency), (Form.COIN,))


def _card(
    title: str, icon: str, what: tuple[CountSheet, str], forms: tuple[Form, ...]
) -> PiecesView:
    sheet, currency = what
    rows = []
    for index, kind in enumerate(sheet.kinds):
        if kind.form in forms:
            count = sheet.counts[index]
            rows.append(
                PieceView(
                    key=kind.key,
                    name=piece_name(kind, currency),
                    count=count,
                    amount=amount(count * kind.value_minor, currency),
                    is_selected=index == sheet.selected,
                )
            )
    total = money(sheet.part_minor(*forms), currency)
    return PiecesView(title, icon, total, tuple(rows))


def pieces_note(sheet: CountSheet) -> str:
    """Say how many pieces were counted: "62 notes · 60 coins"."""
    cash = sheet.pieces(Form.CASH)
    if any(kind.form is Form.CASH for kind in sheet.kinds):
        return plural("{count} piece", "{count} pieces", cash)
    notes = sheet.pieces(Form.NOTE)
    coins = sheet.pieces(Form.COIN)
    words = [plural("{count} note", "{count} notes", notes)]
    words.append(plural("{count} coin", "{count} coins", coins))
    return " · ".join(words)


def entry_hint(sheet: CountSheet, currency: str) -> str:
    """Say what the pad fills: "how many ¥10"."""
    name = piece_name(sheet.kind, currency)
    if sheet.kind.form is Form.COIN:
        return _("{name} coins", name=name)
    if sheet.kind.form is Form.NOTE:
        return _("{name} notes", name=name)
    return _("{name} pieces", name=name)
