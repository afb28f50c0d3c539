"""Customers at a till whose promotions, prices and goods change between sale and return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from pos_app.bootstrap import Till
from pos_app.domain.markdown import Ladder, Rung
from pos_app.domain.marked_code import square_data
from pos_app.domain.price import UnitPrice
from pos_app.domain.promotion.deal import Deal, Qualifies, kind_of
from pos_app.domain.promotion.promotion import Promotion, ReturnBasis
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.markdown_ladders import LADDERS_KEY, written_ladders
from pos_app.services.money_ways import paid_for
from pos_app.services.replay import ReplayClock
from pos_app.services.traced_goods import shop_today
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period
from tests.builders_promotions import (
    at,
    bundle,
    by_coupon,
    cut,
    everything,
    gift,
    members_only,
    nfor,
    nth,
    percent,
    promotion,
    spend,
    tagged,
    tier,
    unit_deal,
)
from tests.builders_returns import SHIRT_L, SHIRT_M
from tests.counter_shop import COLA, SALT, TEA
from tests.member_customers import Customers

SKUS = ("S1", "S2", SALT, "W", "S5")
HALF = Ladder("", 1, (Rung(1, 0, Percentage.parse("37")),))
#: What these customers try besides what others do; often what moves something.
HUNTS = (
    *("hunt", "hunt", "hunt", "hunt", "buy", "back", "back", "back", "exchange"),
    *("new_deal", "new_deal", "stop_deal", "change_item", "new_price", "by_hand"),
    *("coupon_deal", "coupon"),
    *("marked", "weighed", "mirror", "park", "resume", "restart", "give_back"),
    *("points", "coupon", "wallet", "pay", "attach", "hours", "remove", "all_back"),
)


def goods_of(*item_ids: str) -> Selector:
    """Return goods by the ids that they really have."""
    return Selector(GoodsSet(item_ids=item_ids))


def _scale_label(grams: int) -> str:
    payload = f"2100005{grams:05d}"
    return payload + check_digit(payload)


class BargainHunters(Customers):
    """Customers of a shop that changes everything all the time.

    Attributes:
        refunded: what went back by sale, in minor units.
    """

    goods_codes: ClassVar[tuple[str, ...]] = (TEA, COLA, SALT, SHIRT_M, SHIRT_L)

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        super().__init__(till, clock)
        self.refunded: dict[str, int] = defaultdict(int)
        self.deals = 0

    # ------------------------------------------------------------------ the shop

    def edit(self, edit: Callable[[ShopEditor], Any]) -> None:
        """Change the catalogue in one transaction."""

        def work(editor: ShopEditor) -> tuple[()]:
            edit(editor)
            return ()

        with self.till.editor() as editor:
            editor.change(work)

    def _item_ids(self) -> list[str]:
        found: list[str] = []

        def read(editor: ShopEditor) -> None:
            known = editor.items_by_sku(SKUS)
            found.extend(known[x].item_id if x in known else x for x in SKUS)

        self.edit(read)
        return found

    def _deal(self, much: int) -> Deal:
        tea, cola, salt, shirt, _apples = self._item_ids()
        off = (percent("50"), percent("33.3"), cut(77), at(199))[much // 16 % 4]
        made: tuple[Deal, ...] = (
            unit_deal(goods_of(tea, cola), off),
            unit_deal(tagged("hot"), off),
            tier(everything(), (2, percent("5")), (3, percent("10.5"))),
            nth(everything(), 2, percent("50")),
            nth(goods_of(tea), 2),
            nth(tagged("hot"), 3),
            nfor(goods_of(tea, cola), 3, 1500),
            bundle(goods_of(tea), goods_of(cola), off=at(1111)),
            bundle(goods_of(shirt), tagged("hot"), off=percent("12.5")),
            bundle(everything(), goods_of(salt), off=cut(101)),
            gift(goods_of(tea), goods_of(cola)),
            gift(everything(), goods_of(salt), threshold_minor=3000),
            spend((2000, cut(333))),
            spend((1000, cut(99)), repeats=True),
            spend((1500, percent("7")), qualifies=Qualifies.NET),
            spend((1, percent("3.3")), (9000, cut(1001))),
        )
        return made[much % len(made)]

    def new_deal(self, who: int, much: int) -> None:
        """Start a promotion, or a new version of one that holds."""
        made = members_only if much % 7 == 0 else promotion
        self._renew(made, f"deal-{much // 3 % 4}", who, much)

    def coupon_deal(self, who: int, much: int) -> None:
        """Let a kind of coupons unlock another deal from now on."""
        template = sorted(self.templates.values(), key=lambda x: x.name)[much % 3]
        self._renew(by_coupon, template.promotion_id, who, much)

    def _renew(
        self, made: Callable[..., Promotion], name: str, who: int, much: int
    ) -> None:
        basis = ReturnBasis.RECOMPUTE if who else ReturnBasis.PRORATED
        self.deals += 1
        known = self.counter.desk.catalog.promotion_versions(name)
        version = max((x.version for x in known), default=0) + 1
        fresh = made(
            self._deal(much),
            name,
            version=version,
            return_basis=basis,
            exclusive=much % 5 == 0,
            accepts_discounted=much % 4 != 0,
        )
        self.clock.tick()
        self._end(name)
        self._begin(fresh)

    def _begin(self, fresh: Promotion) -> None:
        now, kind = self.clock.now(), kind_of(fresh.deal).value
        name, text = fresh.promotion_id, promotion_to_text(fresh)
        stored = PromotionVersion(name, fresh.version, kind, name, text, fresh, now, "")
        run = PromotionRun(
            f"run-{self.deals}", name, fresh.version, Period(now), "", "", now
        )

        def edit(editor: ShopEditor) -> None:
            editor.put_promotion_version(stored)
            editor.put_promotion_run(run)

        self.edit(edit)

    def _end(self, name: str) -> None:
        runs = self.counter.desk.catalog.promotion_runs(name)
        now = self.clock.now()
        for run in runs:
            if run.period.end is None:
                ended = replace(run, period=Period(run.period.start, now))
                self.edit(lambda editor, ended=ended: editor.put_promotion_run(ended))

    def stop_deal(self, _who: int, much: int) -> None:
        self._end(f"deal-{much % 4}")

    def change_item(self, who: int, much: int) -> None:
        """Rename goods, tag them, tax or file them otherwise, or sell them no more."""

        def edit(editor: ShopEditor) -> None:
            drafts = editor.items_by_sku((SKUS[much % len(SKUS)],))
            for draft in drafts.values():
                if draft.sku == "S1" and much % 11 == 0:
                    editor.delete_item(draft.item_id)
                    continue
                changes: dict[str, Any] = (
                    {"name": f"neu {much}", "tags": ("hot",) if much % 2 else ()},
                    {"tax_category": ("standard", "reduced", "exempt")[much % 3]},
                    {"tags": ("hot",), "is_active": much % 6 != 0},
                )[who]
                editor.put_items((replace(draft, **changes),))

        self.edit(edit)

    def new_price(self, who: int, much: int) -> None:
        """Let a price hold from now on or in a while; or a member's price."""

        def edit(editor: ShopEditor) -> None:
            drafts = editor.items_by_sku((SKUS[much % 3],))
            for draft in drafts.values():
                unit = draft.units[0]
                start = self.clock.now().plus_seconds((0, 60, 600)[who])
                row = UnitPrice(f"row-{start}-{much}", 5 + much * 3, Period(start))
                levels = (("member", 3 + much),) if much % 2 else ()
                fresh = replace(unit, prices=(*unit.prices, row), level_prices=levels)
                editor.put_items((replace(draft, units=(fresh, *draft.units[1:])),))

        self.edit(edit)

    def hours(self, who: int, much: int) -> None:
        self.clock.set(self.clock.now().plus_seconds((who + 1) * (much % 40) * 60))

    # -------------------------------------------------------------------- buying

    @override
    def scan(self, who: int, much: int) -> None:
        code = self.goods_codes[(who + much) % len(self.goods_codes)]
        self.counter.sale.scan(code, Decimal(1 + much % 4))

    def weighed(self, _who: int, much: int) -> None:
        self.counter.sale.scan(_scale_label(100 + much * 3))

    def marked(self, who: int, much: int) -> None:
        """Scan a piece that was marked down just now."""
        text = written_ladders((HALF,))
        self.edit(lambda editor: editor.put_setting(LADDERS_KEY, text))
        desk, service = self.counter.desk, self.counter.markdown
        code = self.goods_codes[much % 3] if who else _scale_label(100 + much)
        piece = service.look(code)
        if piece is not None:
            piece = replace(piece, day=shop_today(desk))
            wish = service.wish(piece, service.propose(piece))
            assert wish.marked is not None
            label = square_data(wish.marked, desk.label_key)
            self.counter.sale.scan(label.replace("(", "").replace(")", ""))

    def by_hand(self, who: int, much: int) -> None:
        """Another price or a discount by hand, on a line or on all."""
        lines = self.counter.sale.keeper.going_on().basket.lines
        if not lines:
            return
        line, hand = lines[much % len(lines)], self.counter.price_by_hand
        if who == 0:
            self._approved(hand.override_price, line.line_id, much, "damaged")
        elif who == 1:
            off: Any = Percentage.parse("33") if much % 2 else much % 90 + 1
            self._approved(hand.discount_line, line.line_id, off, "regular")
        else:
            off = Percentage.parse("5") if much % 2 else much % 50 + 1
            self._approved(hand.discount_sale, off, "regular")

    def hunt(self, who: int, much: int) -> None:
        """Fill a basket with all sorts of things and pay."""
        for at_, what in enumerate((self.scan, self.scan, self.marked, self.weighed)):
            if (much >> at_) % 3:
                with suppress(UserError):
                    what((who + at_) % 3, much + at_)
        ways = (self.attach, self.by_hand, self.coupon, self.points, self.wallet)
        for at_, way in enumerate(ways):
            if (much >> at_) % 2:
                with suppress(UserError):
                    way(who, much + at_)
        self.pay(who, much)

    def all_back(self, who: int, much: int) -> None:
        """Bring all of a sale that is left."""
        sale = self._some_sale(much)
        if sale is not None:
            take = self.counter.returns.set_all
            self._reasons(self._approved(take, sale.sale_id))
            self.pay(who, 1)

    # ------------------------------------------------------------------ the truth

    @override
    def shelf(self, sale: Sale) -> int:
        """Prices change all the time here: nobody counts goods by the shelf."""
        return 0

    @override
    def booked(self, sale: Sale) -> None:
        """Hold a ticket against what was paid for what it brings back."""
        self.sales[sale.sale_id] = sale
        sale.check()
        for line in sale.returns:
            assert line.refunded_minor >= 0, line
            assert line.paid_minor >= 0, line
            assert line.origin is not None
            self.refunded[line.origin.sale_id] += line.refunded_minor
        for sale_id, minor in self.refunded.items():
            assert minor <= paid_for(self.sales[sale_id])

    def check_what_came_back(self) -> int:
        """Assert that whatever is back wholly gave back all; return what is still out."""
        back = [line for ticket in self.sales.values() for line in ticket.returns]
        out = 0
        for sale in self.sales.values():
            mine = [x for x in back if x.origin and x.origin.sale_id == sale.sale_id]
            sold = sum(line.priced.quantity for line in sale.lines)
            out += sold != sum(x.quantity for x in mine)
            if not sale.lines or sold != sum(x.quantity for x in mine):
                continue
            assert sum(x.refunded_minor for x in mine) == paid_for(sale)
            assert sum(x.net_minor for x in mine) == sale.priced.net_minor
            assert sum(x.discount_minor for x in mine) == sale.priced.discount_minor
            assert not sum(x.kept_back_minor for x in mine)
            taxes: dict[object, int] = defaultdict(int)
            for tax in (tax for line in mine for tax in line.taxes):
                taxes[tax.code, tax.percentage] += tax.tax_minor
            for tax in sale.priced.taxes:
                taxes[tax.code, tax.percentage] -= tax.tax_minor
            assert not any(taxes.values()), taxes
        return out

    def money_still_here(self) -> dict[str, int]:
        """Return what each tender brought and did not give back."""
        found: dict[str, int] = defaultdict(int)
        for sale in self.sales.values():
            found["cash"] -= sale.change_minor
            for tender in sale.tenders:
                found[tender.key] += tender.amount_minor
            for refund in sale.refunds:
                found[refund.key] -= refund.amount_minor
        return {key: minor for key, minor in found.items() if minor}
