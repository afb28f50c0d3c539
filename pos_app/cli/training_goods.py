"""What a scenario card gives: goods of the real catalogue, amounts, a code nobody has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pos_app.cli.training_till import TrainingTill
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.domain.training.card import Card, CardKey
from pos_app.domain.training.evidence import Given, Good
from pos_app.errors import UserError
from pos_app.i18n import current_language
from pos_app.values.gs1.check_digit import check_digit

#: Less than an hour: a clock that is an hour off is journalled as a jump.
BEHIND_MINUTES = 40
_UNKNOWN_BODY = "697788001235"
_PAGE = 40


def chosen_for(till: TrainingTill, card: Card, turn: int) -> Given:
    """Return what a card gives; other goods at each turn.

    Raises:
        UserError: "training_no_goods", "training_one_tender".
    """
    goods = _goods(till, card.goods, turn)
    tender = _other_tender(till, card)
    total_minor = sum(good.price_minor for good in goods)
    return Given(
        goods=goods,
        cash_minor=_cash_part(till, total_minor) if goods else 0,
        price_minor=_lowered(goods[0].price_minor) if goods else 0,
        unknown_code=_unknown_code(till),
        tender_key=tender.key if tender else "",
        tender_name=tender.name_in(current_language()) if tender else "",
        behind_minutes=BEHIND_MINUTES,
    )


def _goods(till: TrainingTill, count: int, turn: int) -> tuple[Good, ...]:
    """Return goods that a scanner reads."""
    found = list(_sellable(till, 3 * count + _PAGE)) if count else []
    if len(found) < count:
        raise UserError("training_no_goods")
    start = turn * 2 % len(found) if found else 0
    return tuple((*found[start:], *found)[:count])


def _sellable(till: TrainingTill, most: int) -> Iterator[Good]:
    """Yield what lies on the quick keys, is sold by the piece and can be scanned."""
    catalog, moment = till.catalog, till.counter.desk.clock.now()
    pages = ("", *(x.category_id for x in catalog.categories()))
    keys = chain.from_iterable(catalog.quick_keys(x, moment) for x in pages)
    seen: set[str] = set()
    for key in keys:
        unit = key.unit
        if unit.unit_id in seen or not _is_plain(unit):
            continue
        seen.add(unit.unit_id)
        code = unit.barcode or unit.sku
        named = catalog.scan(code, moment)
        if named is not None and named.unit.unit_id == unit.unit_id:
            assert unit.price is not None
            name = f"{unit.name} {unit.variant}".strip()
            yield Good(unit.sku, name, code, unit.price.minor, unit.names)
        if len(seen) >= most:
            return


def _other_tender(till: TrainingTill, card: Card) -> TenderType | None:
    """Return a way to pay that is not cash."""
    kinds = [x for x in till.catalog.tender_types() if x.kind is not TenderKind.CASH]
    kinds.sort(key=lambda kind: (kind.asks_reference, kind.position))
    if not kinds and card.key in {CardKey.SPLIT_TENDER, CardKey.WRONG_TENDER}:
        raise UserError("training_one_tender")
    return kinds[0] if kinds else None


def _cash_part(till: TrainingTill, total_minor: int) -> int:
    """Return about half of an amount, as one hands it over."""
    notes = till.counter.desk.shop.cash_notes_minor
    fitting = [note for note in notes if note <= total_minor // 2]
    return max(fitting, default=min(notes, default=1))


def _unknown_code(till: TrainingTill) -> str:
    """Return a barcode that the shop does not have."""
    moment = till.counter.desk.clock.now()
    for number in range(int(_UNKNOWN_BODY), int(_UNKNOWN_BODY) + 100):
        code = f"{number}{check_digit(str(number))}"
        if till.catalog.scan(code, moment) is None:
            return code
    raise UserError("training_no_goods")


def _is_plain(unit: SellingUnit) -> bool:
    """Tell whether goods are sold by the piece, come back and may be lowered."""
    return (
        unit.sell_by is SellBy.COUNT
        and unit.price is not None
        and unit.price.minor >= 100
        and unit.is_returnable
        and unit.discount_cap is None
        and bool(unit.barcode or unit.sku)
    )


def _lowered(price_minor: int) -> int:
    """Return nine tenths of a price, in tens where it is large enough."""
    step = 10 if price_minor >= 100 else 1
    return price_minor * 9 // 10 // step * step
