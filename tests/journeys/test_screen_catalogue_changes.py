"""The catalogue changes beside the till: what is offered is what is sold."""

from __future__ import annotations

from sqlalchemy import text

from pos_app.i18n import _
from pos_app.persistence.catalog.opening import open_catalog
from tests.journeys.screen_till import (
    AMERICANO,
    BANANA,
    COLA_GTIN,
    ScreenTill,
)

_PRICES = (
    "UPDATE price SET {change} WHERE unit_key IN"
    " (SELECT unit_key FROM unit JOIN item USING (item_key) WHERE sku = :sku)"
)


def change(till: ScreenTill, statement: str, **values: object) -> None:
    """Change the catalogue as another program does."""
    engine = open_catalog(till.folder.catalog, till.till.ring.catalog_key)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def price_on_tile(till: ScreenTill) -> int | None:
    tiles = till.flow.sale.state.tiles
    return next(x.price_minor for x in tiles if "美式" in x.name)


def test_tile_shows_a_price_that_was_changed_meanwhile(selling):
    assert price_on_tile(selling) != 777
    change(selling, _PRICES.format(change="minor = 777"), sku=AMERICANO)
    assert price_on_tile(selling) == 777


def test_tile_shows_a_price_whose_period_begins(selling):
    begins = selling.clock.now().plus_seconds(90).unix_ms
    later = _PRICES.format(change="minor = 555, valid_from = :begins")
    change(selling, later, sku=AMERICANO, begins=begins)
    assert price_on_tile(selling) is None
    selling.clock.ahead_s = 120
    assert price_on_tile(selling) == 555


def test_goods_that_are_gone_are_not_sold_at_their_old_price(selling):
    key = selling.flow.sale.state.tiles[0].key
    sku = selling.work.counter.desk.catalog.unit(key, selling.clock.now()).sku
    change(selling, "UPDATE item SET is_active = 0 WHERE sku = :sku", sku=sku)
    selling.flow.sale.on_tile_pressed(key)
    assert selling.basket == []
    assert selling.beeps == 1
    assert selling.message == _("This item is no longer sold")


def test_scan_instead_of_a_weight_says_what_was_not_added(selling):
    selling.scan(BANANA)
    name = selling.flow.sale.weighing.name_in("zh-CN")
    selling.scan(COLA_GTIN)
    assert selling.dialog == ""
    assert [line.scanned for line in selling.lines] == [COLA_GTIN]
    assert selling.beeps == 1
    words = _("{name} was NOT added: its weight is missing", name=name)
    assert selling.message == words
    selling.scan(COLA_GTIN)
    assert selling.message != words
