"""What every slip begins with: the shop, the till, the moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pos_app.documents.layout import Align, Block, Columns, Size, Text
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipStyle
from pos_app.i18n import Words

#: A paper that is no customer's says everything of the shop.
FULL_HEADING = SlipStyle()


def shop_heading(
    shop: Shop, words: Words, style: SlipStyle = FULL_HEADING
) -> Iterable[Block]:
    """Yield the shop's name, address, phone and tax number, as the style wants."""
    name = shop.name_in(words.language)
    yield Text(name, Align.CENTRE, Size.LARGE, bold=True)
    for line in (
        shop.address if style.address else "",
        phone_words(shop, words) if style.phone else "",
        tax_number_words(shop, words) if style.tax_number else "",
    ):
        if line:
            yield Text(line, Align.CENTRE)


def phone_words(shop: Shop, words: Words) -> str:
    """Return "Phone …"; "" where the shop has none."""
    return words("Phone {phone}", phone=shop.phone) if shop.phone else ""


def tax_number_words(shop: Shop, words: Words) -> str:
    """Return "Tax number …"; "" where the shop has none."""
    number = shop.tax_number
    return words("Tax number {number}", number=number) if number else ""


def till_and_cashier(till: str, cashier_name: str, words: Words) -> Columns:
    """Return the line that says where and by whom."""
    cashier = words("Cashier {name}", name=cashier_name)
    return Columns((words("Till {till}", till=till), cashier), (0,))


def moment(local_time: datetime, words: Words) -> Columns:
    """Return the line that says when, on the shop's clock."""
    return Columns((words("Time"), moment_text(local_time)), (0,))


def moment_text(local_time: datetime) -> str:
    """Write a time on the shop's clock."""
    return local_time.strftime("%Y-%m-%d %H:%M:%S")
