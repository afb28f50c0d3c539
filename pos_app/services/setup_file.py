"""The shape of a shop set-up file: the demo's, and `guitai replay --setup`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pos_app.domain.permission import Permission
from pos_app.domain.policy import ShiftOpening, ShiftScope
from pos_app.errors import UserError

Texts = dict[str, str]


class _Part(BaseModel):
    # What nobody reads is a slip of the pen, so it is refused.
    # Amounts may stand as JSON numbers: `read_setup` keeps their very digits.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class CashRoundingPart(_Part):
    """The rule for cash where small coins are gone."""

    step_minor: int = Field(default=1, ge=1)
    mode: str = "half_up"


class PolicyPart(_Part):
    """What the shop decides for itself; see domain.policy."""

    return_days: int | None = Field(default=7, ge=0)
    no_receipt_days: int = Field(default=30, ge=0)
    refunds_to_original: bool = True
    exchange_keeps_price: bool = True
    four_eyes: tuple[Permission, ...] = ()
    shift_scope: ShiftScope = ShiftScope.TILL
    shift_opening: ShiftOpening = ShiftOpening.AUTO
    difference_limit_minor: int = Field(default=1000, ge=0)
    float_minor: int = Field(default=50_000, ge=0)


class ShopPart(_Part):
    """The shop; only the currency is worth saying in a test."""

    name: str = "Replay"
    names: Texts = {}
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    country: str = ""
    language: str = "zh-CN"
    time_zone: str = "Asia/Shanghai"
    day_starts_at_hour: int = Field(default=4, ge=0, le=23)
    till: str = "01"
    currency: str = "CNY"
    prices_include_tax: bool = True
    tax_rounding: Literal["document", "line", "unit"] = "document"
    cash_rounding: CashRoundingPart = CashRoundingPart()
    merge_same_items: bool = True
    cash_notes_minor: tuple[int, ...] = (10, 50, 100, 500, 1000, 2000, 5000, 10000)
    slip_footer: str = ""
    policy: PolicyPart = PolicyPart()


class RatePart(_Part):
    """A dated tax rate; dates are local midnights of the shop.

    `source` names the law, for whoever reads the file.
    """

    code: str
    name: str = ""
    names: Texts = {}
    percentage: str
    from_: str | None = Field(default=None, alias="from")
    until: str | None = None
    source: str = ""


class TaxPart(_Part):
    """A tax category with all rates it ever had."""

    key: str
    name: str = ""
    names: Texts = {}
    rates: tuple[RatePart, ...] = ()


class TenderPart(_Part):
    """A tender type."""

    key: str
    name: str
    names: Texts = {}
    kind: Literal["cash", "card", "code", "other"]
    opens_drawer: bool = False
    gives_change: bool = False
    asks_reference: bool = False
    position: int = 0
    is_refundable: bool = True


class ReasonPart(_Part):
    """A reason for a use."""

    key: str
    use: str
    name: str
    names: Texts = {}


class RolePart(_Part):
    """A role and what it may do."""

    key: str
    name: str
    names: Texts = {}
    permissions: tuple[str, ...]
    round_off_cap_minor: int = 0
    is_supervisor: bool = False
    discount_cap: str = "0"
    refund_cap_minor: int | None = None
    paid_out_cap_minor: int | None = None


class StaffPart(_Part):
    """Somebody who works here; PIN and badge are hashed when stored."""

    number: str
    name: str
    names: Texts = {}
    role: str
    language: str = ""
    pin: str
    badge: str = ""


class BarcodeRulePart(_Part):
    """A rule for codes that carry a measure."""

    key: str
    name: str
    pattern: str
    kind: Literal["weight", "price", "count"]
    decimals: int
    price_decimals: int = 2
    is_verified: bool = True


class CategoryPart(_Part):
    """A category; `parent` is a key."""

    key: str
    name: str
    names: Texts = {}
    hue: str = "food"
    parent: str | None = None
    position: int = 0


class QuickKeyPart(_Part):
    """A tile by SKU."""

    sku: str
    label: str = ""
    labels: Texts = {}


class ItemPart(_Part):
    """An item, in the columns of the demo's items.csv."""

    sku: str
    name: str
    name_zh_tw: str = ""
    name_en: str = ""
    variant: str = ""
    category: str = ""
    unit: str = "H87"
    unit_name: str = "件"
    pieces: Decimal = Decimal(1)
    sell_by: Literal["count", "weight"] = "count"
    barcode: str = ""
    box_barcode: str = ""
    box_pieces: str = ""
    box_price: str = ""
    price: str
    cost: str = ""
    tax_category: str = "standard"
    icon: str = ""
    plu: str = ""
    velocity: int = 0
    parent_sku: str = ""
    discount_cap: str = ""
    returnable: bool = True


class PromotionPart(_Part):
    """A promotion as its own files say it, and since when it runs; "" for a draft."""

    promotion: dict[str, Any]
    since: str = ""


_CASH = TenderPart(
    key="cash", name="现金", kind="cash", opens_drawer=True, gives_change=True
)
_CARD = TenderPart(key="card", name="银行卡", kind="card", position=1)
_MANAGER = RolePart(
    key="manager",
    name="店长",
    permissions=tuple(permission.value for permission in Permission),
    round_off_cap_minor=10_000,
    is_supervisor=True,
    discount_cap="100",
)
#: Of the one person that a throw-away shop has; no real shop is made with it.
DEFAULT_PIN = "1234"
_NO_TAX = TaxPart(key="standard", name="免税")


class SetupFile(_Part):
    """A whole shop; everything but the items has a default."""

    shop: ShopPart = ShopPart()
    tax_categories: tuple[TaxPart, ...] = (_NO_TAX,)
    tenders: tuple[TenderPart, ...] = (_CASH, _CARD)
    reasons: tuple[ReasonPart, ...] = (
        ReasonPart(key="customer_left", use="sale_void", name="顾客不买了"),
        ReasonPart(key="sold_wrongly", use="sale_reverse", name="收错了"),
        ReasonPart(key="changed_mind", use="return", name="不想要了"),
        ReasonPart(key="damaged", use="return", name="有破损"),
        ReasonPart(key="regular", use="discount", name="老顾客"),
        ReasonPart(key="label_differs", use="price_override", name="标签价不一致"),
        ReasonPart(key="change_money", use="no_sale", name="换零钱"),
        ReasonPart(key="add_change", use="paid_in", name="补零钱"),
        ReasonPart(key="expenses", use="paid_out", name="日常开支"),
    )
    roles: tuple[RolePart, ...] = (_MANAGER,)
    staff: tuple[StaffPart, ...] = (
        StaffPart(number="1001", name="店长", role="manager", pin=DEFAULT_PIN),
    )
    barcode_rules: tuple[BarcodeRulePart, ...] = ()
    categories: tuple[CategoryPart, ...] = ()
    quick_keys: dict[str, tuple[QuickKeyPart, ...]] = {}
    items: tuple[ItemPart, ...] = ()
    promotions: tuple[PromotionPart, ...] = ()


def read_setup(
    path: Path, items_csv: Path | None = None, promotions: Path | None = None
) -> SetupFile:
    """Read a set-up file, and the items and promotions beside it.

    Raises:
        UserError: "setup_unreadable" with the first place that is wrong,
            "setup_missing" or "setup_closed" for a file that cannot be opened.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str)
        if items_csv is not None:
            plain["items"] = list(_rows(items_csv))
        if promotions is not None:
            text = promotions.read_text(encoding="utf-8-sig")
            plain["promotions"] = json.loads(text, parse_float=str)
        return SetupFile.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UserError("setup_unreadable", place=place, why=first["msg"]) from error
    except FileNotFoundError as error:
        raise UserError("setup_missing", file=_file_of(error, path)) from error
    except OSError as error:
        raise UserError("setup_closed", file=_file_of(error, path)) from error
    except ValueError as error:
        raise UserError("setup_unreadable", place=path.name, why=str(error)) from error


def _file_of(error: OSError, path: Path) -> str:
    """Return the name of the file that the system means."""
    return Path(str(error.filename or path)).name


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            filled = {key: value for key, value in row.items() if value}
            yield filled
