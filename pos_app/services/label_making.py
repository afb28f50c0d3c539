"""Makes labels of goods: what the catalogue knows of them, in the shop's form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos_app.documents.goods_label import LabelGoods, goods_label
from pos_app.documents.label import COPIES_LIMIT, Label
from pos_app.documents.label_forms import LabelUse
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.marked_code import (
    MarkedLabel,
    bar_data,
    fits_a_label,
    square_data,
)
from pos_app.domain.weighed_code import weighed_code
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.services.desk import Desk
from pos_app.services.label_settings import LabelSettings
from pos_app.values.rounding import divide
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class LabelWish:
    """Labels that somebody wants.

    Attributes:
        unit_id: of what. count: how many of them.
        use: which kind. at: whose prices; None for now.
        weight: net kilograms, for goods weighed and packed here.
        before_minor: the price until then, for a reduced one.
        marked: what goods that are marked down say, see `LabelUse.MARKDOWN`.
    """

    unit_id: str
    count: int = 1
    use: LabelUse = LabelUse.SHELF
    at: Timestamp | None = None
    weight: Decimal | None = None
    before_minor: int | None = None
    marked: MarkedLabel | None = None


class LabelMaker:
    """Makes labels on the thread of its desk's catalogue, at the prices of `now`."""

    def __init__(
        self, desk: Desk, settings: LabelSettings, language: str, now: Timestamp
    ) -> None:
        self._desk, self._settings, self._language = desk, settings, language
        # Read once: a list of labels asks for it hundreds of times.
        self._shop, self._now = desk.shop, now

    def label(self, wish: LabelWish) -> Label:
        """Return the labels of a wish; see `LabelService.labels`."""
        if not 1 <= wish.count <= COPIES_LIMIT:
            raise UserError("label_count", limit=COPIES_LIMIT)
        desk, settings = self._desk, self._settings
        moment = wish.at or self._now
        unit = desk.catalog.unit(wish.unit_id, moment)
        if unit is None:
            raise UserError("label_goods_gone")
        goods = self._goods(unit, wish, moment)
        currency, words = self._shop.rules.currency, Words(self._language)
        form = settings.form(wish.use)
        label = goods_label(goods, form, words, currency, settings.hidden_fields)
        return replace(label, copies=wish.count)

    def _goods(
        self, unit: SellingUnit, wish: LabelWish, moment: Timestamp
    ) -> LabelGoods:
        desk, tag = self._desk, self._language
        zone = ZoneInfo(self._shop.time_zone)
        item = desk.catalog.listing.item(unit.item_id)
        price = unit.price
        until = price.period.end if price and wish.before_minor is not None else None
        goods = LabelGoods(
            name=" ".join(x for x in (unit.name_in(tag), unit.variant) if x),
            unit_name=unit.unit_name,
            sku=unit.sku,
            price_minor=price.minor if price else None,
            day=moment.at(zone).date(),
            spec=item.spec if item else "",
            code=unit.barcode,
            is_by_weight=unit.sell_by is SellBy.WEIGHT,
            old_minor=wish.before_minor,
            # The last day on which it holds, not the midnight at which it ends.
            until=Timestamp(until.unix_ms - 1).at(zone).date() if until else None,
            shop=self._shop.name_in(tag),
        )
        if wish.marked is not None:
            return self._marked(goods, wish.marked)
        if wish.use is not LabelUse.WEIGHED:
            return goods
        if wish.weight is None:
            raise UserError("label_no_weight", name=goods.name)
        return self._weighed(goods, unit, wish.weight)

    def _marked(self, goods: LabelGoods, marked: MarkedLabel) -> LabelGoods:
        """Return what stands on a piece that is marked down: two codes with it all."""
        key = self._desk.label_key
        bars = bar_data(marked, key)
        each = marked.minor  # so that the price of a kilogram is the reduced one
        if marked.grams:
            each = divide(marked.minor * 1000, marked.grams)
        return replace(
            goods,
            price_minor=each,
            total_minor=marked.minor,
            until=None,
            last_day=marked.day,
            is_best_before=marked.is_best_before,
            square_code=square_data(marked, key),
            sold_code=bars if fits_a_label(bars) else "",
            weight=Decimal(marked.grams).scaleb(-3) if marked.grams else None,
        )

    def _weighed(
        self, goods: LabelGoods, unit: SellingUnit, weight: Decimal
    ) -> LabelGoods:
        """Return what stands on a pack: its weight, its price, a code with both."""
        if goods.price_minor is None or weight <= 0:
            raise UserError("label_no_price", name=goods.name)
        desk = self._desk
        numerator, denominator = (weight * goods.price_minor).as_integer_ratio()
        total = divide(numerator, denominator)
        item = desk.catalog.listing.item(unit.item_id)
        drafts = item.units if item else ()
        plu = next((x.plu for x in drafts if x.unit_id == unit.unit_id), "")
        rules, currency = desk.catalog.barcode_rules(), self._shop.rules.currency
        code = weighed_code(rules, plu or unit.sku, weight, total, currency)
        return replace(goods, weight=weight, total_minor=total, sold_code=code)
