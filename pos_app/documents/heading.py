"""What every slip begins with: the shop, the till, the moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pos_app.documents.layout import Align, Block, Columns, Size, Text
from pos_app.domain.shop import Shop
from pos_app.i18n import Words


def shop_heading(shop: Shop, words: Words) -> Iterable[Block]:
    """Yield the shop's name, address, phone and tax number."""
    name = shop.name_in(words.language)
    yield Text(name, Align.CENTRE, Size.LARGE, bold=True)
    if shop.address:
        yield Text(shop.address, Align.CENTRE)
    if shop.phone:
        yield Text(words("Phone {phone}", phone=shop.phone), Align.CENTRE)
    if shop.tax_number:
        number = words("Tax number {number}", number=shop.tax_number)
        yield Text(number, Align.CENTRE)


def till_and_cashier(till: str, cashier_name: str, words: Words) -> Columns:
    """Return the line that says where and by whom."""
    cashier = words("Cashier {name}", name=cashier_name)
    return Columns((words("Till {till}", till=till), cashier), (0,))


def moment(local_time: datetime, words: Words) -> Columns:
    """Return the line that says when, on the shop's clock."""
    written = local_time.strftime("%Y-%m-%d %H:%M:%S")
    return Columns((words("Time"), written), (len(written),))
