"""What a cashier of the sample shop would type, and what must then be on screen.

Each query names an item (by its SKU) that must be among the first five.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import create_shop, demo_setup
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_catalog import NOW

FIRST = 5
QUERIES = """
210012 = 可乐 = two characters
230003 = 牛奶 = two characters, the one that sells best
210001 = 矿泉 = two characters of a longer word
230005 = 酸奶 = two characters
310001 = 薯片 = two characters
620002 = 抽纸 = two characters
610006 = 电池 = two characters
610003 = 雨伞 = two characters
120012 = 豆浆 = two characters
510028 = 鸡蛋 = two characters
510003 = 苹果 = two characters
220002 = 啤酒 = two characters
210012 = 汽水 = two characters
630013 = 口罩 = two characters
990001 = 购物袋 = a whole word
120005 = 茶叶蛋 = a whole word
210001 = 矿泉水 = a whole word
120006 = 关东煮 = a whole word
410032 = 螺蛳粉 = a rare character
120001 = 包 = one character
210001 = 水 = one character
120005 = 茶 = one character
120005 = 蛋 = one character
210001 = kqs = initials
210012 = kl = initials of two
230003 = nn = initials of two
230003 = cn = initials of the first two
120001 = xrb = initials
120005 = cyd = initials
120006 = gdz = initials
410032 = lsf = initials of a rare word
990001 = gwd = initials
620002 = cz = initials
120012 = dj = initials
210012 = kele = full pinyin
230003 = niunai = full pinyin
230003 = niu nai = full pinyin with a blank
210001 = kuangquanshui = full pinyin
210001 = kuang quan shui = full pinyin with blanks
310001 = shupian = full pinyin
510028 = jidan = full pinyin
510028 = ji dan = full pinyin with a blank
230005 = suannai = full pinyin
410032 = luosifen = full pinyin
230012 = lvdou = ü typed as v
620002 = chouzhi = full pinyin
230003 = niuna = the last syllable not finished
210001 = kuangq = the second syllable begun
210012 = 可樂 = traditional for a simplified name
210001 = 礦泉水 = traditional
230003 = 牛奶 純 = traditional and simplified mixed
120001 = 鮮肉包 = traditional
620001 = 紙巾 = traditional
510028 = 雞蛋 = traditional
510003 = 蘋果 = traditional
610006 = 電池 = traditional
120012 = 豆漿 = traditional
110003 = latte = an English word of a Chinese item
110001 = Americano = an English word
210012 = cola = an English word
230003 = milk = an English word
510001 = banana = an English word
610006 = batteries = an English word
620001 = Tissues = an English word in capitals
120018 = rice ball = two English words
120018 = ball rice tuna = three, in another order
210012 = 1379 可乐 = tail and a word
210012 = 01379 = the tail of a barcode
210015 = 9597 = four digits of a barcode's tail
210001 = 210001 = the SKU
210012 = 21001 = the beginning of a SKU
230003 = 牛奶 250 = two words
230003 = 250 牛奶 = the other order
210013 = 无糖 可乐 = two words
210013 = 可乐 无糖 = the other order
210013 = 可乐500 = no blank between
710002 = 米白 m = a variant
710007 = t恤 黑 l = Latin and Chinese, a variant
110004 = 拿铁 冰 = two words with others between
110005 = 燕麦 拿铁 = two words
210001 = 泉屿 = a brand
210006 = 岚叶 无糖 = a brand and a word
210001 = quanyu kqs = a brand in pinyin and initials
210013 = kl wt = initials of two words
210012 = kele 330 = pinyin and a number
210001 = 550ml = a size
610006 = 5号电池 = a number before a word
410028 = 红牛面 = a name cut short
410031 = 番蛋面 = a name cut short
610006 = AA = Latin letters of another language
610009 = type-c = Latin with a hyphen
810001 = a4 = a letter and a digit
510003 = 10002 = the PLU
"""


def table() -> Iterator[tuple[str, str, str]]:
    for line in QUERIES.strip().splitlines():
        sku, typed, why = line.split(" = ")
        yield typed, sku, why


@pytest.fixture(scope="module")
def reader() -> Iterator[CatalogReader]:
    with tempfile.TemporaryDirectory() as root:
        folder = ShopFolder(Path(root) / "shop")
        create_shop(folder, demo_setup(), FileKeyStore(folder.root))
        key = open_key_ring(folder.root).catalog_key
        engine = open_catalog_reader(folder.catalog, key)
        opened = CatalogReader(engine)
        yield opened
        opened.close()
        engine.dispose()


@pytest.mark.parametrize(("typed", "sku", "why"), list(table()))
def test_it_is_among_the_first_five(
    reader: CatalogReader, typed: str, sku: str, why: str
) -> None:
    found = [unit.sku for unit in reader.search(typed, NOW, FIRST)]
    assert sku in found, why
