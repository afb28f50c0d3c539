"""Which column of an item file means what, by its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from pos_app.errors import UserError
from pos_app.services.file_columns import FileColumns, columns_of


class ItemField(StrEnum):
    """What a column may hold."""

    SKU = "sku"
    BARCODE = "barcode"
    NAME = "name"
    NAME_EN = "name_en"
    NAME_ZH_CN = "name_zh_cn"
    NAME_ZH_TW = "name_zh_tw"
    VARIANT = "variant"
    SPEC = "spec"
    UNIT = "unit"
    UNIT_CODE = "unit_code"
    PRICE = "price"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    COST = "cost"
    CATEGORY = "category"
    TAX = "tax"
    PLU = "plu"
    WEIGHED = "weighed"
    BOX_UNIT = "box_unit_name"
    BOX_PIECES = "box_pieces"
    BOX_BARCODE = "box_barcode"
    BOX_PRICE = "box_price"
    PARENT_SKU = "parent_sku"
    DISCOUNT_CAP = "discount_cap"
    RETURNABLE = "returnable"
    BRAND = "brand"
    TAGS = "tags"
    FLOOR = "lowest_price"
    MEMBER_PRICE = "member_price"


#: Emptied in an exported row they take their value away; emptied, others are an error.
MAY_BE_EMPTIED = frozenset(
    {
        ItemField.BARCODE,
        ItemField.NAME_EN,
        ItemField.NAME_ZH_CN,
        ItemField.NAME_ZH_TW,
        ItemField.VARIANT,
        ItemField.SPEC,
        ItemField.CATEGORY,
        ItemField.PLU,
        ItemField.BOX_BARCODE,
        ItemField.PARENT_SKU,
        ItemField.DISCOUNT_CAP,
        ItemField.BRAND,
        ItemField.TAGS,
        ItemField.FLOOR,
        ItemField.MEMBER_PRICE,
    }
)

# Headers of the files that Chinese, Taiwanese and English speaking shops export.
_HEADERS: Mapping[ItemField, str] = {
    ItemField.SKU: "sku 货号 貨號 商品编码 商品編碼 商品编号 商品編號 编码 編碼 编号 編號 "
    "商品代码 商品代碼 商品货号 自编码 品号 品號 料号 料號 itemcode itemno itemnumber "
    "productcode productid stockcode code 商品id 内部编码",
    ItemField.BARCODE: "barcode 条码 條碼 商品条码 商品條碼 条形码 條形碼 国际条码 "
    "國際條碼 国条码 barcodes ean ean13 upc gtin 商品条形码 主条码 主條碼 69码",
    ItemField.NAME: "name 名称 名稱 商品名称 商品名稱 品名 商品 商品名 产品名称 產品名稱 "
    "货品名称 貨品名稱 itemname productname product description item title 物品名称",
    ItemField.NAME_EN: "nameen englishname 英文名 英文名称 英文名稱 英文品名",
    ItemField.NAME_ZH_CN: "namezhcn 简体名称 簡體名稱 简体品名",
    ItemField.NAME_ZH_TW: "namezhtw 繁体名称 繁體名稱 繁體品名",
    ItemField.VARIANT: "variant 颜色尺码 顏色尺碼 款式 颜色 顏色 尺码 尺碼 口味",
    ItemField.SPEC: "spec 规格 規格 商品规格 商品規格 规格型号 規格型號 净含量 淨含量 "
    "型号 型號 size specification quantity packsize",
    ItemField.UNIT: "unit 单位 單位 计量单位 計量單位 销售单位 銷售單位 基本单位 "
    "基本單位 uom unitofmeasure 计价单位 計價單位",
    ItemField.UNIT_CODE: "unitcode 单位代码 單位代碼",
    ItemField.PRICE: "price 售价 售價 零售价 零售價 销售价 銷售價 单价 單價 价格 價格 "
    "定价 定價 建议售价 建議售價 标价 標價 retailprice sellingprice saleprice unitprice "
    "售卖价 售价元 零售价元 牌价 门店售价",
    ItemField.VALID_FROM: "validfrom 生效日期 生效日 起 起始日期 开始日期 開始日期 "
    "生效时间 生效時間 开始时间 開始時間 effectivefrom effectivedate startdate",
    ItemField.VALID_UNTIL: "validuntil 失效日期 失效日 止 截止日期 结束日期 結束日期 "
    "失效时间 失效時間 结束时间 結束時間 有效期至 validto effectiveuntil enddate",
    ItemField.COST: "cost 进价 進價 成本 成本价 成本價 进货价 進貨價 采购价 採購價 "
    "costprice purchaseprice 含税进价 最新进价 进价元",
    ItemField.CATEGORY: "category 分类 分類 类别 類別 商品分类 商品分類 商品类别 "
    "商品類別 品类 品類 大类 大類 部门 部門 department group 所属分类 分类名称 分類名稱",
    ItemField.TAX: "tax 税率 稅率 税种 稅種 销项税率 銷項稅率 taxrate vat vatrate "
    "taxcategory 课税别 課稅別 税率百分比",
    ItemField.PLU: "plu plu码 plu碼 秤码 秤碼 称码 快捷码 电子秤码 传秤编码",
    ItemField.WEIGHED: "weighed 称重 稱重 是否称重 是否稱重 计价方式 計價方式 散装 散裝 "
    "weighable byweight 称重商品 生鲜",
    ItemField.BOX_UNIT: "boxunitname 箱单位名称 箱單位名稱",
    ItemField.BOX_PIECES: "boxpieces 箱规 箱規 箱入数 箱入數 装箱数 裝箱數 件数 入数 "
    "入數 每箱数量 每箱數量 casepack packsizecase unitspercase 箱含量 包装数",
    ItemField.BOX_BARCODE: "boxbarcode 箱条码 箱條碼 外箱条码 外箱條碼 箱码 箱碼 "
    "casebarcode caseean 大件条码 外箱码 箱条形码",
    ItemField.BOX_PRICE: "boxprice 箱价 箱價 整箱价 整箱價 caseprice 整件价 箱售价",
    ItemField.PARENT_SKU: "parentsku 上级货号 上級貨號 父货号 父貨號 主货号 主貨號 "
    "上级编码 上級編碼 parentcode parentitem",
    ItemField.DISCOUNT_CAP: "discountcap 折扣上限 最高折扣 maxdiscount",
    ItemField.RETURNABLE: "returnable 可退货 可退貨 可否退货 可否退貨 isreturnable",
    ItemField.BRAND: "brand 品牌 商品品牌 brandname 厂牌 廠牌",
    ItemField.TAGS: "tags 标签 標籤 tag 商品标签 商品標籤 labels",
    ItemField.FLOOR: "lowestprice 最低售价 最低售價 最低价 最低價 底价 底價 minprice "
    "floorprice",
    ItemField.MEMBER_PRICE: "memberprice 会员价 會員價 会员价格 會員價格 vipprice vip价",
}
_FIELD_OF = {
    header: item_field
    for item_field, text in _HEADERS.items()
    for header in text.split()
}


#: Where the fields of an item stand.
Columns = FileColumns[ItemField]


def find_columns(
    headers: Sequence[str], mapping: Mapping[str, str] | None = None
) -> Columns:
    """Tell which column is which.

    Args:
        headers: cells of the first line.
        mapping: field key -> header or column number from 1; goes before what
            the headers say.

    Raises:
        UserError: "import_mapping_field", "import_mapping_column" or
            "import_columns_missing" (needs a number and one thing to say of it).
    """
    found = columns_of(ItemField, _FIELD_OF, headers, mapping)
    numbers = {ItemField.SKU, ItemField.BARCODE, ItemField.PLU}
    if not numbers & found.positions.keys() or not found.positions.keys() - numbers:
        raise UserError("import_columns_missing", headers="; ".join(headers)[:200])
    return found
