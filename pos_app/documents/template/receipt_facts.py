"""One sale as the facts that a template of its receipt is filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pos_app.documents import receipt as built_in
from pos_app.documents.amounts import slip_amount, slip_price, slip_quantity
from pos_app.documents.copy_mark import copy_mark
from pos_app.documents.heading import (
    moment,
    moment_text,
    shop_heading,
    till_and_cashier,
)
from pos_app.documents.last_moment import until_text
from pos_app.documents.layout import Block, Columns, Image, Text
from pos_app.documents.member_block import (
    MemberSlip,
    member_blocks,
    member_lines,
    member_rows,
)
from pos_app.documents.reduction_rows import step_words, told_steps
from pos_app.documents.returned_goods import slip_title
from pos_app.documents.template.fields import (
    Duty,
    Facts,
    Section,
    SlipFacts,
    Value,
    frozen,
    once,
)
from pos_app.documents.template.shop_facts import shop_facts
from pos_app.domain.loyalty.ticket_facts import GivenCoupon, TicketFacts
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.sale import Sale, SaleLine
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipStyle
from pos_app.i18n import Words


@dataclass(frozen=True, slots=True)
class ReceiptNeeds:
    """What a receipt needs beside the sale; see `documents.receipt.receipt`."""

    shop: Shop
    words: Words
    style: SlipStyle
    tender_names: Mapping[str, str]
    local_time: datetime
    copy_number: int = 0
    logo_png: bytes | None = None
    member: MemberSlip | None = None


def receipt_facts(sale: Sale, needs: ReceiptNeeds) -> SlipFacts:
    """Return a sale's facts, its ready-made parts and what must be printed.

    Args:
        sale: the finished sale.
        needs: as for the built-in receipt.
    """
    lines = tuple(_line_facts(line, sale, needs) for line in sale.lines)
    taxes = tuple(_tax_facts(tax, sale) for tax in sale.priced.taxes if sale.lines)
    head = _head_facts(sale, needs)
    sections = _sections(sale, needs)
    root = frozen(**head, **_sum_facts(sale, needs), lines=lines, taxes=taxes)
    duties = _duties(sale, needs, root, sections)
    logo = needs.logo_png if needs.style.logo else None
    return SlipFacts(root, sections, duties, needs.words.language, logo)


def _head_facts(sale: Sale, needs: ReceiptNeeds) -> dict[str, Value]:
    words, style, copy = needs.words, needs.style, needs.copy_number
    footer = style.footer_in(words.language, needs.shop.slip_footer)
    columns = built_in.tax_code_columns(sale)
    return {
        "shop": shop_facts(needs.shop, words, style),
        "sale": _sale_facts(sale, needs),
        "copy": copy,
        "copy_mark": copy_mark(copy, words).text if copy else "",
        "has_lines": int(bool(sale.lines)),
        "has_returns": int(bool(sale.returns)),
        "has_tax_codes": int(columns > 0),
        "tax_code_width": columns,
        "member": _member_facts(needs),
        "shows_qr": int(style.qr),
        "shows_barcode": int(style.barcode),
        "footer": "\n".join(footer.splitlines()),
        "language": words.language,
        "words": frozen(time=words("Time"), net=words("Net"), tax=words("Tax")),
    }


def _member_facts(needs: ReceiptNeeds) -> Facts:
    member, words = needs.member, needs.words
    rows = member_rows(member, words) if member else ()
    lines = member_lines(member, words) if member else ()
    facts = member.facts if member else TicketFacts()
    return frozen(
        is_known=int(member is not None),
        earned=facts.earned,
        used=facts.burned,
        points=facts.active,
        tier=member.tiers.get(facts.tier, "") if member else "",
        rows=tuple(frozen(title=title, text=text) for title, text in rows),
        lines="\n".join(lines),
        coupons=tuple(_coupon_facts(one, member) for one in facts.coupons)
        if member
        else (),
    )


def _coupon_facts(coupon: GivenCoupon, member: MemberSlip) -> Facts:
    """Return a coupon that the ticket gave; its code stands in the ready-made part."""
    end = coupon.until
    until = "" if end is None else until_text(end, member.zone)
    worth = coupon.value_minor
    value = "" if worth is None else slip_price(worth, member.currency)
    return frozen(name=coupon.name, until=until, value=value)


def _sale_facts(sale: Sale, needs: ReceiptNeeds) -> Facts:
    words, at = needs.words, needs.local_time
    till, cashier = till_and_cashier(sale.till, sale.cashier_name, words).cells
    return frozen(
        title=slip_title(sale, words),
        number=sale.number,
        moment=moment_text(at),
        date=f"{at:%Y-%m-%d}",
        time=f"{at:%H:%M:%S}",
        business_day=sale.business_day.isoformat(),
        till_words=till,
        cashier=sale.cashier_name,
        cashier_words=cashier,
        item_count=sale.priced.item_count,
        item_count_words=built_in.item_count_words(sale, words),
        urn=built_in.urn_of(sale),
    )


def _line_facts(line: SaleLine, sale: Sale, needs: ReceiptNeeds) -> Facts:
    words, currency, priced = needs.words, sale.priced.currency, line.priced
    steps = told_steps(priced) if needs.style.line_discounts else ()
    note = words("Note: {note}", note=line.note) if line.note else ""
    return frozen(
        name=built_in.line_name(line, words.language, needs.style),
        sku=line.sku,
        barcode=line.barcode,
        quantity=slip_quantity(priced.quantity),
        unit=line.unit_name,
        price=slip_amount(priced.unit_price_minor, currency),
        price_minor=priced.unit_price_minor,
        amount=slip_amount(priced.list_minor, currency),
        amount_minor=priced.list_minor,
        paid=slip_amount(priced.total_minor, currency),
        paid_minor=priced.total_minor,
        tax_codes=" ".join(tax.code for tax in priced.taxes),
        detail=built_in.quantity_times_price(line, currency),
        note_words=note,
        reductions=tuple(
            _amount_facts(step_words(step, words), -step.amount_minor, currency)
            for step in steps
        ),
    )


def _amount_facts(title: str, minor: int, currency: str) -> Facts:
    amount = slip_amount(minor, currency)
    return frozen(title=title, amount=amount, amount_minor=minor)


def _price_facts(title: str, minor: int, currency: str) -> Facts:
    amount = slip_price(minor, currency)
    return frozen(title=title, amount=amount, amount_minor=minor)


def _tax_facts(tax: TaxTotal, sale: Sale) -> Facts:
    currency = sale.priced.currency
    return frozen(
        title=built_in.tax_title(tax),
        code=tax.code,
        rate=str(tax.percentage),
        net=slip_amount(tax.base_minor, currency),
        net_minor=tax.base_minor,
        tax=slip_amount(tax.tax_minor, currency),
        tax_minor=tax.tax_minor,
    )


def _sum_facts(sale: Sale, needs: ReceiptNeeds) -> dict[str, Value]:
    words, shop, priced = needs.words, needs.shop, sale.priced
    currency = priced.currency
    rows = built_in.sum_rows_of(sale, shop, words) if sale.lines else ()
    title = words("New goods") if sale.returns else words("Total")
    is_saved = needs.style.saved and priced.discount_minor > 0 and sale.lines
    saved = _price_facts(words("You saved"), priced.discount_minor, currency)
    return {
        "sums": tuple(_amount_facts(name, minor, currency) for name, minor in rows),
        "total": _price_facts(title, priced.total_minor, currency),
        "saved": saved if is_saved else frozen(title="", amount="", amount_minor=0),
        "tax_title": built_in.tax_heading(shop, words),
        "money": tuple(_money_facts(sale, needs)),
    }


def _money_facts(sale: Sale, needs: ReceiptNeeds) -> Iterable[Facts]:
    for row in built_in.money_rows(sale, needs.words, needs.tender_names):
        yield frozen(
            title=row.title,
            amount=slip_amount(row.minor, sale.priced.currency),
            amount_minor=row.minor,
            is_change=int(row.is_change),
        )


# ----------------------------------------------------------- ready-made, and duties


def _sections(sale: Sale, needs: ReceiptNeeds) -> Mapping[str, Section]:
    shop, words, style = needs.shop, needs.words, needs.style
    has_logo = needs.logo_png and style.logo
    logo = [Image(needs.logo_png)] if needs.logo_png and has_logo else []
    lines = [x for y in sale.lines for x in built_in.line_blocks(y, sale, words, style)]
    sums = built_in.sums_blocks(sale, shop, words, style) if sale.lines else ()
    taxes = built_in.tax_blocks(sale.priced.taxes, sale, shop, words)
    returns = built_in.returns_blocks(sale, shop, words) if sale.returns else ()
    parts: dict[str, tuple[Iterable[Block], str]] = {
        "heading": ((*logo, *shop_heading(shop, words, style)), "shop"),
        "identity": (built_in.identity_blocks(sale, words, needs.local_time), "number"),
        "lines": (lines, "lines"),
        "sums": (sums, "total"),
        "taxes": (taxes if sale.lines else (), "taxes"),
        "returns": (returns, "returns"),
        "money": (built_in.money_blocks(sale, words, needs.tender_names), "money"),
        "member": (member_blocks(needs.member, words), ""),
        "foot": (built_in.foot_blocks(sale, shop, words, style), ""),
    }
    made = {key: (tuple(blocks), duty) for key, (blocks, duty) in parts.items()}
    return {
        key: Section(blocks, frozenset({duty, "time"} if duty == "number" else {duty}))
        for key, (blocks, duty) in made.items()
    }


def _duties(
    sale: Sale, needs: ReceiptNeeds, root: Facts, sections: Mapping[str, Section]
) -> tuple[Duty, ...]:
    """Return what the law, and the next return, want on every receipt."""
    shop, told, total = root["shop"], root["sale"], root["total"]
    assert isinstance(shop, Mapping)
    assert isinstance(told, Mapping)
    assert isinstance(total, Mapping)
    words = needs.words
    name = Text(needs.shop.name_in(words.language), bold=True)
    number = Columns((slip_title(sale, words), sale.number), (0,), bold=True)
    day_and_time = (frozenset({(id(told), "date"), (id(told), "time")}),)
    at = (moment(needs.local_time, words),)
    found = [
        Duty("shop", once("shop", shop, "name"), (name,), at_top=True),
        Duty("number", once("number", told, "number"), (number,)),
        Duty("time", (*once("time", told, "moment"), *day_and_time), at),
    ]
    if needs.copy_number:
        mark = (copy_mark(needs.copy_number, words),)
        way = once("copy", root, "copy_mark")
        found.insert(0, Duty("copy", way, mark, at_top=True))
    if sale.lines:
        found += _goods_duties(sale, needs, root)
        total_ways = once("total", total, "amount")
        found.append(Duty("total", total_ways, sections["sums"].blocks))
        found += _tax_duties(root, sections["taxes"])
    if sale.returns:
        found.append(Duty("returns", (), sections["returns"].blocks))
    return tuple(found)


def _goods_duties(sale: Sale, needs: ReceiptNeeds, root: Facts) -> Iterable[Duty]:
    rows = root["lines"]
    assert isinstance(rows, tuple)
    for line, row in zip(sale.lines, rows, strict=True):
        sums = ("amount", "paid")
        ways = tuple(frozenset({(id(row), "name"), (id(row), x)}) for x in sums)
        blocks = built_in.line_blocks(line, sale, needs.words, needs.style)
        yield Duty("lines", ways, tuple(blocks))


def _tax_duties(root: Facts, section: Section) -> Iterable[Duty]:
    """Yield one duty for all rates: the table is printed whole, or is added whole."""
    rows = root["taxes"]
    assert isinstance(rows, tuple)
    if rows:
        names = frozenset((id(row), "tax") for row in rows)
        yield Duty("taxes", (names,), section.blocks)
