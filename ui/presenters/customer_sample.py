"""A basket that nobody buys, to see that the customer's display works."""

from __future__ import annotations

from pos_app.i18n import Words
from ui.format import amount, clock_text, day_text, symbol_of
from ui.presenters.customer import customer_language
from ui.presenters.customer_state import CustomerLine, CustomerMode, CustomerState
from ui.presenters.goods_view import FAVOURITES, GoodsView
from ui.presenters.workplace import Workplace

_LINES = 4


def sample_state(work: Workplace, goods: GoodsView) -> CustomerState:
    """Return the shop's first quick keys as a basket, marked as an example."""
    words = Words(customer_language(work))
    tiles = [x for x in goods.tiles(FAVOURITES) if x.price_minor is not None][:_LINES]
    lines, total_minor = [], 0
    for tile in tiles:
        unit, price_minor = goods.unit(tile.key), tile.price_minor
        if unit is not None and price_minor is not None:
            total_minor += price_minor
            name = " ".join((unit.name_in(words.language), unit.variant)).strip()
            price = amount(price_minor, work.currency)
            lines.append(CustomerLine(tile.key, name, "×1", price))
    now = work.local_now()
    return CustomerState(
        mode=CustomerMode.BASKET,
        shop_name=work.counter.desk.shop.name_in(words.language),
        language=words.language,
        clock=clock_text(now.time()),
        day=day_text(now.date(), words.language),
        lines=tuple(lines),
        newest=lines[-1].line_id if lines else "",
        count=words.plural("{count} item", "{count} items", len(lines)),
        label=words("You pay"),
        symbol=symbol_of(work.currency),
        amount=amount(total_minor, work.currency),
        hint=words("This is an example"),
        hint_icon="info",
    )
