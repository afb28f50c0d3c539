"""Makes a believable Chinese catalogue of any size, for the bench.

Everything follows from the item's number, so two runs give the same shop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.catalog.search_index import (
    LAST_SHELF,
    put_words,
    row_of,
    shelf_of,
    words_of,
)
from pos_app.persistence.catalog.tables import FOREVER
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.ids import uuid7

CHUNK = 20_000
#: One item in this many has sold; the first of them most (a Zipf curve).
SELLING = 40
BEST_SELLER = 60_000
_FIRST_DAY_MS = 1_767_225_600_000  # 2026-01-01 UTC
_HASH_BYTES = 64 << 20


def _list(text: str) -> list[str]:
    return text.split()


_MAKERS = _list(
    "晴川 湖滨 青禾 山泉记 老街口 云顶 白鹭 百味斋 大江 东篱 春归 海燕 金穗 晨露 南风 "
    "北岸 橙园 竹里 松涛 雪原 红果 蓝湾 梨花 石榴 喜乐 长庚 小满 谷雨 半夏 清欢 知味 "
    "悦家 福满 甘泉 乐途 麦田 绿野 星河 暖阳 归田 青梅 月半 江南 塞上 岭南 川渝 关东 "
    "海岛 草原 天山"
)
_GOODS = _list(
    "可乐 矿泉水 苏打水 橙汁 苹果汁 乌龙茶 绿茶 红茶 奶茶 豆奶 纯牛奶 酸奶 咖啡 啤酒 黄酒 "
    "方便面 米粉 螺蛳粉 挂面 大米 面粉 燕麦片 薯片 饼干 蛋卷 面包 蛋糕 月饼 巧克力 水果糖 "
    "口香糖 瓜子 花生 核桃 开心果 海苔 牛肉干 豆腐干 火腿肠 辣条 酱油 香醋 料酒 食盐 白砂糖 "
    "花生油 菜籽油 芝麻酱 辣椒酱 番茄酱 蚝油 味精 木耳 香菇 紫菜 粉丝 罐头 速冻水饺 汤圆 "
    "馄饨 雪糕 洗衣液 洗洁精 洗手液 香皂 牙膏 牙刷 洗发水 沐浴露 毛巾 抽纸 卷纸 湿巾 垃圾袋 "
    "保鲜膜 电池 插线板 灯泡 雨伞 拖鞋 袜子 笔记本 中性笔 胶带 剪刀 保温杯 饭盒 衣架"
)
_KINDS = _list(
    "原味 经典 清爽 无糖 低脂 浓香 麻辣 五香 海盐 蜂蜜 柠檬 草莓 葡萄 芒果 茉莉 桂花 家庭装 "
    "旅行装 礼盒 加量装"
)
_SIZES = _list("50g 80g 100g 150g 250g 330ml 500ml 550ml 1L 1.5L 500g 1kg")
_UNITS = _list("瓶 袋 盒 罐 包 支 件 桶")


class Goods(NamedTuple):
    """One generated item.

    Attributes:
        number: from 1. name, size, unit: for people. minor: price in fen.
        sold: units sold so far.
    """

    number: int
    name: str
    size: str
    unit: str
    minor: int
    sold: int

    @property
    def sku(self) -> str:
        """The shop's number."""
        return f"G{self.number:08d}"

    @property
    def barcode(self) -> str:
        """A GTIN-13 under prefix 952, which GS1 keeps for examples."""
        payload = f"952{self.number:09d}"
        return payload + check_digit(payload)


def generate_catalog(
    path: Path,
    key: bytes,
    items: int,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Fill a new catalogue with items; it must not hold any yet.

    Args:
        path: catalog.db; made when missing.
        key: 32 bytes.
        items: how many.
        on_progress: told how many are stored, now and then.
    """
    engine = open_catalog(path, key)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP INDEX barcode_by_tail")
            _search_setting(connection, "hashsize", _HASH_BYTES)
        for start in range(1, items + 1, CHUNK):
            chunk = range(start, min(start + CHUNK, items + 1))
            with engine.begin() as connection:
                _put_rows(connection, [goods(number) for number in chunk])
            on_progress(chunk[-1])
        for numbers in _in_shelf_order(items):
            with engine.begin() as connection:
                _put_search(connection, [goods(number) for number in numbers])
        with engine.begin() as connection:
            _search_setting(connection, "hashsize", 1 << 20)
            connection.exec_driver_sql("CREATE INDEX barcode_by_tail ON barcode (tail)")
            connection.exec_driver_sql("INSERT INTO search(search) VALUES ('optimize')")
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


def goods(number: int) -> Goods:
    """Return item `number`; neighbours differ in everything."""
    mixed = number * 2_654_435_761 % (1 << 32)
    index, maker = divmod(number * 48_271, len(_MAKERS))
    index, kind = divmod(index, len(_KINDS))
    index, article = divmod(index, len(_GOODS))
    size = _SIZES[index % len(_SIZES)]
    return Goods(
        number,
        f"{_MAKERS[maker]}{_KINDS[kind]}{_GOODS[article]} {size}",
        size,
        _UNITS[mixed % len(_UNITS)],
        100 + mixed % 19_900,
        BEST_SELLER // (number // SELLING + 1) if number % SELLING == 0 else 0,
    )


def _in_shelf_order(items: int) -> Iterator[list[int]]:
    """Yield the numbers in the order of their search rows: FTS5 wants that."""
    selling = range(SELLING, items + 1, SELLING)
    by_shelf = sorted(selling, key=lambda n: (shelf_of(goods(n).sold * 1000), n))
    first = [n for n in by_shelf if goods(n).sold > 0]
    yield from (first[i : i + CHUNK] for i in range(0, len(first), CHUNK))
    for start in range(1, items + 1, CHUNK):
        chunk = range(start, min(start + CHUNK, items + 1))
        yield [n for n in chunk if goods(n).sold == 0]


def _put_rows(connection: Connection, chunk: list[Goods]) -> None:
    run: Callable[[str, list[tuple[Any, ...]]], object] = connection.exec_driver_sql
    run(
        "INSERT INTO item (item_key, item_id, sku, name, spec, tax_category) "
        "VALUES (?, ?, ?, ?, ?, 'standard')",
        [(g.number, _identity(g, 1), g.sku, g.name, g.size) for g in chunk],
    )
    run(
        "INSERT INTO unit (unit_key, unit_id, item_key, unit_code, unit_name, sell_by,"
        " barcode) VALUES (?, ?, ?, 'H87', ?, 'count', ?)",
        [(g.number, _identity(g, 2), g.number, g.unit, g.barcode) for g in chunk],
    )
    run(
        "INSERT INTO barcode (key, unit_key, tail) VALUES (?, ?, ?)",
        [("0" + g.barcode, g.number, g.barcode[::-1] + "0") for g in chunk],
    )
    run(
        "INSERT INTO price (unit_key, price_id, valid_until, minor) "
        "VALUES (?, ?, ?, ?)",
        [(g.number, _identity(g, 3), FOREVER, g.minor) for g in chunk],
    )
    sold = [(g.number, g.sold * 1000, _shelf(g)) for g in chunk if g.sold]
    if sold:
        run("INSERT INTO velocity (unit_key, sold, shelf) VALUES (?, ?, ?)", sold)


def _put_search(connection: Connection, chunk: list[Goods]) -> None:
    put_words(
        connection,
        [
            (row_of(g.number, _shelf(g)), words_of((g.name, g.size, g.sku, g.unit)))
            for g in chunk
        ],
    )


def _shelf(article: Goods) -> int:
    return shelf_of(article.sold * 1000) if article.sold else LAST_SHELF


def _identity(article: Goods, kind: int) -> str:
    entropy = kind.to_bytes(2, "big") + article.number.to_bytes(8, "big")
    return uuid7(_FIRST_DAY_MS + article.number, entropy)


def _search_setting(connection: Connection, name: str, value: int) -> None:
    connection.exec_driver_sql(
        "INSERT INTO search(search, rank) VALUES (?, ?)", (name, value)
    )
