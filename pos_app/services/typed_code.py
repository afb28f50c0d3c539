"""What was scanned or typed as an item's code: looked up, or refused as no item."""

from __future__ import annotations

from pos_app.domain.item import Scanned
from pos_app.errors import UserError
from pos_app.services.credentials import is_badge
from pos_app.services.desk import Desk
from pos_app.services.marked_goods import find_marked
from pos_app.services.payment_secrets import holds_payment_code, is_payment_code
from pos_app.services.personal_code import refuse_personal_code
from pos_app.services.typed_text import typed_text
from pos_app.values.gs1.symbology import read_identifier

#: A web address in a QR code is scanned now and then; nobody needs more of it.
CODE_LIMIT = 200
NOTE_LIMIT = 80


def find_code(desk: Desk, code: str) -> tuple[str, Scanned | None]:
    """Return a code as it may be kept, and what it names; None for nobody knows.

    A badge, a payment code or what names a customer is refused without a word of it:
    a red line would keep it, and so would the journal (law 14).

    Raises:
        UserError: "code_missing" for blanks, "badge_not_an_item",
            "payment_code_not_an_item", "barcode_check_digit",
            "marked_label_wrong", or what `refuse_personal_code` refuses.
    """
    shown = typed_text(code, CODE_LIMIT)
    data = read_identifier(shown).data
    if not data:
        raise UserError("code_missing")
    if is_badge(data):
        raise UserError("badge_not_an_item")
    try:
        marked = find_marked(desk, data)
        if marked is not None:
            return shown, marked
        found = desk.catalog.scan(code, desk.price_moment())
        if found is not None and found.unit.price is None:
            found = desk.catalog.scan(code, desk.clock.now())  # priced since then
    except UserError:
        _refuse_payment_code(data)
        raise
    if found is None:
        _refuse_payment_code(data)
        refuse_personal_code(desk, data)
    return shown, found


def clean_note(note: str) -> str:
    """Return a note as it is kept.

    Raises:
        UserError: "note_holds_payment_code".
    """
    if holds_payment_code(note):
        raise UserError("note_holds_payment_code")
    return typed_text(note, NOTE_LIMIT)


def _refuse_payment_code(data: str) -> None:
    if is_payment_code(data):
        raise UserError("payment_code_not_an_item") from None
