"""Shops, sales and words for the tests of slips; the figures balance."""

from __future__ import annotations

import gettext
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from typing_extensions import override

from pos_app.domain.item import PriceSource, SellBy
from pos_app.domain.permission import Role, Staff
from pos_app.domain.pricing_result import (
    LineTax,
    PricedBasket,
    PricedLine,
    TaxTotal,
    UnitShare,
)
from pos_app.domain.sale import Sale, SaleLine
from pos_app.domain.shop import Shop
from pos_app.domain.tax import CashRounding, PricingRules, TaxRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.i18n import Words
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide
from pos_app.values.times import Timestamp

CASHIER = Staff(
    "staff-1",
    "1027",
    "陈晓雨",
    (),
    Role("cashier", "cashier", (), frozenset(), 0, is_supervisor=False),
)
CHINA = timezone(timedelta(hours=8))
LOCAL_TIME = datetime(2026, 11, 21, 14, 32, 6, tzinfo=CHINA)
SALE_ID = "019aa4e0-5b7a-7c3e-8f10-2b6c1d9e4a55"
TENDER_NAMES = {
    "zh-CN": {"cash": "现金", "wechat": "微信支付", "card": "银行卡"},
    "zh-TW": {"cash": "現金", "wechat": "微信支付", "card": "信用卡"},
    "en": {"cash": "Cash", "wechat": "WeChat Pay", "card": "Card"},
}

_WORDS = {
    "zh-CN": {
        "COPY {number}": "重打 第 {number} 份",
        "Sales slip": "销售小票",
        "Phone {phone}": "电话 {phone}",
        "Tax number {number}": "税号 {number}",
        "Till {till}": "{till} 号机",
        "Cashier {name}": "收银员 {name}",
        "Time": "时间",
        "Note: {note}": "备注：{note}",
        "Subtotal": "原价",
        "Discount": "折扣",
        "Discount {rate}": "折扣 {rate}",
        "Discounts on lines": "单品优惠",
        "Whole-sale discount": "整单优惠",
        "Whole-sale discount {rate}": "整单 {rate}",
        "Price changed": "改价",
        "Price kept in the exchange": "换货保价",
        "Rounded off": "抹零",
        "Total": "实收",
        "{count} item": "共 {count} 件",
        "Tax included": "含税",
        "Tax added": "另加税",
        "Net": "不含税",
        "Tax": "税额",
        "Cash rounding": "现金舍入",
        "Change": "找零",
        "(not verified)": "（未核实）",
        "Return slip": "退货单",
        "Exchange slip": "换货单",
        "Reversal slip": "冲销单",
        "Mirrors sale {number}": "冲销 {number}",
        "Returned from sale {number}": "退自 {number}",
        "Returned without receipt": "无小票退货",
        "Cash rounding when bought": "购买时现金舍入",
        "New goods": "新购合计",
        "Returned": "退货合计",
        "Even exchange": "等价换货",
        "To pay": "应补",
        "Refund": "应退",
        "Refunded by {tender}": "退款 {tender}",
        "You saved": "共优惠",
        "Member price": "会员价",
        "{count} point": "积分 {count} 分",
    },
    "zh-TW": {
        "COPY {number}": "補印 第 {number} 份",
        "Sales slip": "銷售明細",
        "Phone {phone}": "電話 {phone}",
        "Tax number {number}": "統一編號 {number}",
        "Till {till}": "{till} 號機",
        "Cashier {name}": "收銀員 {name}",
        "Time": "時間",
        "Note: {note}": "備註：{note}",
        "Subtotal": "原價",
        "Discount": "折扣",
        "Discount {rate}": "折扣 {rate}",
        "Discounts on lines": "單品優惠",
        "Whole-sale discount": "整單優惠",
        "Whole-sale discount {rate}": "整單 {rate}",
        "Price changed": "改價",
        "Price kept in the exchange": "換貨保價",
        "Rounded off": "抹零",
        "Total": "應付",
        "{count} item": "共 {count} 件",
        "Tax included": "內含稅",
        "Tax added": "外加稅",
        "Net": "未稅",
        "Tax": "稅額",
        "Cash rounding": "現金捨入",
        "Change": "找零",
        "(not verified)": "（未核實）",
        "You saved": "共優惠",
        "Member price": "會員價",
        "{count} point": "點數 {count} 點",
    },
}


class _Table(gettext.NullTranslations):
    def __init__(self, table: dict[str, str]) -> None:
        super().__init__()
        self.table = table

    @override
    def gettext(self, message: str) -> str:
        return self.table.get(message, message)

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.table.get(msgid1, msgid1 if n == 1 else msgid2)


def words(language: str) -> Words:
    """Return fixed words, so that a translator's better word keeps tests green."""
    found = Words(language)
    found._translation = _Table(_WORDS.get(language, {}))
    return found


def shop(language: str = "zh-CN", **changes: Any) -> Shop:
    rules = PricingRules(
        currency=str(changes.pop("currency", "CNY")),
        prices_include_tax=bool(changes.pop("prices_include_tax", True)),
        tax_rounding=TaxRounding.DOCUMENT,
        cash_rounding=CashRounding(),
        tax_categories=(),
    )
    facts: dict[str, Any] = {
        "shop_id": "019aa4e0-0000-7000-8000-000000000001",
        "name": "晴川生活 · 湖滨店",
        "names": (("en", "Qingchuan Life · Lakeside"), ("zh-TW", "晴川生活 · 湖濱店")),
        "address": "湖滨路 18 号",
        "phone": "0571-5550 0118",
        "tax_number": "91330100MA2EXAMPLE",
        "language": language,
        "time_zone": "Asia/Shanghai",
        "day_starts_at_hour": 4,
        "till": "02",
        "rules": rules,
        "cash_notes_minor": (100, 500, 1000, 2000, 5000, 10000),
        "slip_footer": "7 天内凭票退换\n谢谢惠顾，欢迎再来",
    }
    return Shop(**{**facts, **changes})


def line(
    name: str,
    unit_price_minor: int,
    quantity: str = "1",
    *,
    variant: str = "",
    weighed: bool = False,
    rate: int = 13,
    note: str = "",
    names: tuple[tuple[str, str], ...] = (),
    unit_name: str = "件",
) -> SaleLine:
    amount = Decimal(quantity)
    list_minor = divide(int(amount * 1000) * unit_price_minor, 1000)
    tax = list_minor - divide(list_minor * 100, 100 + rate)
    net = list_minor - tax
    priced = PricedLine(
        line_id=name,
        quantity=amount,
        unit_price_minor=unit_price_minor,
        list_minor=list_minor,
        discount_minor=0,
        total_minor=list_minor,
        net_minor=net,
        tax_minor=tax,
        taxes=(LineTax(f"{rate}%", net, tax),),
        shares=(UnitShare(1, net, tax),),
    )
    return SaleLine(
        item_id=f"item-{name}",
        unit_id=f"unit-{name}",
        sku="1001",
        name=name,
        variant=variant,
        names=names,
        barcode="",
        unit_code="KGM" if weighed else "H87",
        unit_name="kg" if weighed else unit_name,
        sell_by=SellBy.WEIGHT if weighed else SellBy.COUNT,
        source=PriceSource.SHELF,
        price_id="",
        tax_category="standard",
        pieces_thousandths=1000,
        note=note,
        priced=priced,
    )


BASKET = (
    line("茉莉花茶", 375, "2", variant="无糖 500ml", names=(("en", "Jasmine tea"),)),
    line(
        "三角饭团", 590, variant="金枪鱼 110g", names=(("en", "Onigiri"),), note="加热"
    ),
    line("本地红富士苹果", 1280, "0.482", weighed=True, rate=9),
    line("纯棉圆领 T 恤", 10320, variant="米白 / M", names=(("en", "Cotton T-shirt"),)),
    line("购物袋", 50, variant="大", unit_name=""),
)


def sale(
    lines: tuple[SaleLine, ...] = BASKET,
    *,
    language: str = "zh-CN",
    round_off_minor: int = 7,
    **changes: Any,
) -> Sale:
    """Return a finished sale, part by phone and the rest in cash with change."""
    priced = _basket(lines, round_off_minor)
    phone = min(10000, priced.total_minor // 2)
    cash = 5000 * (1 + (priced.total_minor - phone) // 5000)
    facts: dict[str, Any] = {
        "sale_id": SALE_ID,
        "number": "02-1-000162",
        "till": "02",
        "cashier_id": "staff-1",
        "cashier_name": "陈晓雨",
        "business_day": date(2026, 11, 21),
        "started_at": Timestamp.of(LOCAL_TIME),
        "ended_at": Timestamp.of(LOCAL_TIME),
        "clock_suspect": False,
        "language": language,
        "lines": lines,
        "priced": priced,
        "tenders": (
            TenderLine("t1", "wechat", TenderKind.CODE, phone, "4200001234568801"),
            TenderLine("t2", "cash", TenderKind.CASH, cash),
        ),
        "change_minor": phone + cash - priced.total_minor,
        "rounding_minor": 0,
        "round_off_minor": round_off_minor,
    }
    return Sale(**{**facts, **changes})


def _basket(lines: tuple[SaleLine, ...], round_off_minor: int) -> PricedBasket:
    codes = list(dict.fromkeys(tax.code for x in lines for tax in x.priced.taxes))
    totals = []
    for index, code in enumerate(codes):
        parts = [t for x in lines for t in x.priced.taxes if t.code == code]
        base = sum(t.base_minor for t in parts)
        tax = sum(t.tax_minor for t in parts)
        if index == 0:
            base -= round_off_minor  # in a real basket pricing spreads it
        rate = Percentage.parse(code)
        totals.append(TaxTotal(code, f"增值税 {code}", rate, base, tax))
    net = sum(t.base_minor for t in totals)
    tax = sum(t.tax_minor for t in totals)
    return PricedBasket(
        currency="CNY",
        lines=tuple(x.priced for x in lines),
        list_minor=sum(x.priced.list_minor for x in lines),
        discount_minor=round_off_minor,
        net_minor=net,
        taxes=tuple(totals),
        tax_minor=tax,
        total_minor=net + tax,
        item_count=sum(
            1 if x.sell_by is SellBy.WEIGHT else int(x.priced.quantity) for x in lines
        ),
    )
