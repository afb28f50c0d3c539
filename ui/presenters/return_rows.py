"""Receipts and their lines as the rows of the return panel."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.documents.kept_back_words import (
    kept_by_promotion,
    kept_reason,
    kept_words,
)
from pos_app.domain.item import SellBy
from pos_app.domain.sale import Sale
from pos_app.i18n import Words, _, current_language
from pos_app.ports.returns import ReceiptFound
from pos_app.services.returnable import ReturnableLine, ReturnableSale
from pos_app.services.tender_choice import known_tenders
from ui.format import amount, clock_text, day_text, money, quantity
from ui.presenters.return_state import ReceiptRow, ReturnRow
from ui.presenters.workplace import Workplace

_SYMBOLS = {"KGM": "kg", "GRM": "g"}
_MOST_TENDERS = 2


def tender_names(work: Workplace) -> Mapping[str, str]:
    """Return the shop's tenders in the cashier's language, by key."""
    language = current_language()
    kinds = known_tenders(work.counter.desk)
    return {kind.key: kind.name_in(language) for kind in kinds}


def tender_words(keys: tuple[str, ...], work: Workplace) -> str:
    """Name tenders: "现金", "现金 + 微信支付"."""
    names = tender_names(work)
    return " + ".join(names.get(key, key) for key in keys[:_MOST_TENDERS])


def cashier_words(name: str, work: Workplace) -> str:
    """Return a cashier's name in the language of who reads it."""
    language = current_language()
    for staff in work.counter.desk.catalog.everybody():
        if staff.name == name:
            return staff.name_in(language)
    return name


def receipt_row(found: ReceiptFound, work: Workplace, *, with_day: bool) -> ReceiptRow:
    """Return a receipt as a row of the list.

    Args:
        found: the receipt.
        work: knows zone, currency and tenders.
        with_day: whether receipts of several days are listed.
    """
    moment = found.ended_at.at(work.zone)
    when = clock_text(moment.time())
    if with_day:
        when = f"{day_text(moment.date())} {when}"
    tenders = tender_words(found.tender_keys, work)
    # Who sold comes last: it is what a narrow column cuts off.
    parts = (when, tenders, cashier_words(found.cashier_name, work))
    due_minor = found.total_minor - found.returned_minor
    return ReceiptRow(
        key=found.sale_id,
        number=found.number,
        detail=" · ".join(part for part in parts if part),
        total=amount(due_minor, work.currency),
        note=_("with returns") if found.returned_minor else "",
    )


def sale_words(sale: Sale, work: Workplace) -> str:
    """Say of a receipt when it was, how it was paid, and who sold."""
    moment = sale.ended_at.at(work.zone)
    keys = tuple(dict.fromkeys(tender.key for tender in sale.tenders))
    paid_minor = max(0, sale.due_minor + sale.rounding_minor)
    paid = f"{tender_words(keys, work)} {money(paid_minor, work.currency)}".strip()
    when = f"{day_text(moment.date())} {clock_text(moment.time())}"
    return " · ".join((when, paid, cashier_words(sale.cashier_name, work)))


def return_row(row: ReturnableLine, chosen_id: str, work: Workplace) -> ReturnRow:
    """Return a sold line with what of it comes back.

    Args:
        row: as it stands.
        chosen_id: line id of the chosen goods that come back; "" for none.
        work: knows the currency.
    """
    line, here = row.line, row.here
    unit = unit_words(line.sell_by, line.unit_code, line.unit_name)
    count = here.quantity if here else row.sold - row.sold
    name = dict(line.names).get(current_language(), line.name)
    chip = ""
    if not row.is_returnable:
        chip = _("Not returnable")
    elif not row.left:
        chip = _("All came back")
    warning = ""
    if row.parked:
        numbers = ", ".join(each.rsplit("-", 1)[-1].lstrip("0") for each in row.parked)
        warning = _("Also in parked #{numbers}", numbers=numbers)
    return ReturnRow(
        key=str(row.position),
        name=name,
        variant=line.variant,
        detail=_facts(row, unit, work.currency),
        count=quantity(count, unit if count else ""),
        is_here=here is not None,
        is_chosen=here is not None and here.line_id == chosen_id,
        can_less=here is not None,
        can_more=count < row.left,
        chip=chip,
        warning=warning,
    )


def unit_words(sell_by: SellBy, code: str, name: str) -> str:
    """Return what stands behind a quantity; "" for pieces."""
    return _SYMBOLS.get(code, name) if sell_by is SellBy.WEIGHT else ""


def _facts(row: ReturnableLine, unit: str, currency: str) -> str:
    """Say how much was sold and what was paid for one unit."""
    priced = row.line.priced
    parts = [_("Sold {count}", count=quantity(row.sold, unit))]
    paid_minor = sum(share.count * share.paid_minor for share in priced.shares)
    if row.by_piece and row.sold > 1:
        each_minor = min(share.paid_minor for share in priced.shares)
        is_same = all(share.paid_minor == each_minor for share in priced.shares)
        words = _("{amount} each") if is_same else _("from {amount} each")
        parts.append(words.format(amount=money(each_minor, currency)))
    else:
        parts.append(money(paid_minor, currency))
    if row.taken:
        parts.append(_("{count} came back", count=quantity(row.taken, unit)))
    return " · ".join(parts)


def kept_words_of(found: ReturnableSale, currency: str) -> tuple[str, str]:
    """Say what promotions keep back of what comes back now, and why."""
    words = Words(current_language())
    held = kept_by_promotion(row.here for row in found.lines if row.here)
    said = [
        (kept_words(x, currency, words), kept_reason(x, currency, words)) for x in held
    ]
    if len(said) == 1:
        return said[0]
    return "\n".join(x for x, _why in said), "\n".join(why for _x, why in said)


class RowsOfReceipt:
    """The lines of a receipt as rows; one that did not change is not written anew.

    There may be 10,000, and every touch asks for them.
    """

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._made_of: tuple[object, str, str] = (None, "", "")
        self._kept: dict[int, tuple[ReturnableLine, ReturnRow]] = {}
        self._rows: tuple[ReturnRow, ...] = ()

    def of(self, found: ReturnableSale, chosen_id: str) -> tuple[ReturnRow, ...]:
        """Return all lines of a receipt.

        Args:
            found: the receipt.
            chosen_id: line id of the chosen goods that come back; "" for none.
        """
        language = current_language()
        made_of = (found, chosen_id, language)
        if self._made_of[0] is found and self._made_of[1:] == made_of[1:]:
            return self._rows
        if self._made_of[2] != language:
            self._kept = {}
        rows = tuple(self._row(row, chosen_id) for row in found.lines)
        self._kept = {
            x.position: (x, y) for x, y in zip(found.lines, rows, strict=True)
        }
        self._made_of, self._rows = made_of, rows
        return rows

    def _row(self, row: ReturnableLine, chosen_id: str) -> ReturnRow:
        known = self._kept.get(row.position)
        is_chosen = row.here is not None and row.here.line_id == chosen_id
        if known and known[0] is row and known[1].is_chosen is is_chosen:
            return known[1]
        return return_row(row, chosen_id, self._work)
