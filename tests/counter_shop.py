"""A counter on a real shop folder: a prepared shop is copied for each test.

Making a shop costs four argon2 hashes and two databases; copying one is quick.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from pos_app.bootstrap import Options, Till, create_shop
from pos_app.domain.item import SellingUnit
from pos_app.domain.permission import Staff
from pos_app.domain.sale import Sale
from pos_app.errors import GuitaiError
from pos_app.persistence.checks.journal_check import whole_chain
from pos_app.persistence.checks.shift_check import broken_shifts
from pos_app.persistence.checks.sums_check import LEDGER_RULES, NUMBERS, SALE_RULES
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.packing import unpack
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Clock
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.setup_file import SetupFile
from pos_app.values.times import Timestamp

EVERY_TICKET = 1_000_000
NOON = Timestamp.parse("2026-11-21T12:00:00+08:00")
CASHIER, SUPERVISOR, MANAGER, TRAINEE = "1001", "2001", "3001", "1009"
PINS = {CASHIER: "1111", SUPERVISOR: "222222", MANAGER: "3333", TRAINEE: "9999"}
BADGES = {number: f"GTB-{number}-{'7' * 12}" for number in PINS}
TEA, COLA, BOX, SALT = "6901234567892", "6909876543210", "16909876543217", "S4"
APPLES, PEARS, GIFT, CAR = "S5", "S6", "S7", "S8"
#: 21 + five digits of item + five of grams, and 22 with five of fen.
APPLE_LABEL_PREFIX, PEAR_LABEL_PREFIX = "2100005", "2200006"
EMOJI_NAME = "👩‍👩‍👧 限定版 🧋"
RIGHT_TO_LEFT_NAME = "حليب كامل الدسم"

_EVERYTHING = [
    "sell",
    "park",
    "line_void",
    "sale_void",
    "discount",
    "price_override",
    "round_off",
    "tender_correct",
    "reprint",
    "drawer_open",
    "settings",
    "import",
    "clock_confirm",
    "black_box",
    "paid_in",
    "paid_out",
    "safe_drop",
    "shift_open",
    "shift_close",
    "shift_close_other",
    "shift_review",
    "x_report",
    "stock",
    "stock_adjust",
    "items",
    "prices",
    "members",
    "member_edit",
    "member_reveal",
    "loyalty",
    "points_adjust",
    "stored_value",
    "stored_value_refund",
]


_DISCOUNT_CAPS = {"cashier": "10", "supervisor": "30", "manager": "100"}


def _role(key: str, permissions: list[str], cap: int, *, is_supervisor: bool) -> Any:
    return {
        "discount_cap": _DISCOUNT_CAPS.get(key, "0"),
        "key": key,
        "name": key,
        "permissions": permissions,
        "round_off_cap_minor": cap,
        "is_supervisor": is_supervisor,
    }


def _item(sku: str, name: str, price: str, **more: Any) -> Any:
    return {"sku": sku, "name": name, "price": price, **more}


SETUP: dict[str, Any] = {
    "shop": {
        "name": "晴川生活",
        "till": "02",
        "currency": "CNY",
        "day_starts_at_hour": 4,
        "cash_rounding": {"step_minor": 10, "mode": "down"},
    },
    "tax_categories": [
        {"key": "standard", "rates": [{"code": "VAT", "percentage": "13"}]},
        {"key": "reduced", "rates": [{"code": "VAT", "percentage": "9"}]},
        {"key": "exempt"},
    ],
    "tenders": [
        {"key": "cash", "name": "现金", "kind": "cash", "opens_drawer": True},
        {"key": "card", "name": "银行卡", "kind": "card", "asks_reference": True},
        {"key": "wechat", "name": "微信", "kind": "code", "asks_reference": True},
        {"key": "voucher", "name": "代金券", "kind": "other", "asks_reference": True},
        {"key": "coupon", "name": "礼券", "kind": "other"},
    ],
    "reasons": [
        {"key": "customer_left", "use": "sale_void", "name": "顾客不买了"},
        {"key": "damaged", "use": "price_override", "name": "残损"},
        {"key": "regular", "use": "discount", "name": "老顾客"},
        {"key": "change", "use": "no_sale", "name": "换零钱"},
        {"key": "look", "use": "no_sale", "name": "看看"},
    ],
    "roles": [
        _role("trainee", ["sell"], 0, is_supervisor=False),
        _role(
            "cashier",
            [
                "sell",
                "line_void",
                "sale_void",
                "round_off",
                "reprint",
                "park",
                "discount",
                "members",
                "stored_value",
            ],
            100,
            is_supervisor=False,
        ),
        _role(
            "supervisor",
            [x for x in _EVERYTHING if x not in {"settings", "clock_confirm"}],
            1000,
            is_supervisor=True,
        ),
        _role("manager", _EVERYTHING, 10_000, is_supervisor=True),
    ],
    "staff": [
        {"number": number, "name": role, "role": role, "pin": PINS[number]}
        | {"badge": BADGES[number]}
        for number, role in (
            (CASHIER, "cashier"),
            (SUPERVISOR, "supervisor"),
            (MANAGER, "manager"),
            (TRAINEE, "trainee"),
        )
    ],
    "barcode_rules": [
        {"key": "w", "name": "称重", "pattern": "21IIIIIWWWWWC", "kind": "weight"}
        | {"decimals": 3},
        {"key": "p", "name": "金额", "pattern": "22IIIIIPPPPPC", "kind": "price"}
        | {"decimals": 2},
    ],
    "items": [
        _item("S1", "茉莉花茶", "12.80", barcode=TEA),
        _item("S2", "可乐", "3.50", barcode=COLA)
        | {"box_barcode": BOX, "box_pieces": "24", "box_price": "79.90"},
        _item("S3", EMOJI_NAME, "0.99"),
        _item(SALT, RIGHT_TO_LEFT_NAME, "2.35", tax_category="reduced")
        | {"discount_cap": "20"},
        _item(APPLES, "苹果", "11.96", sell_by="weight", unit="KGM", unit_name="kg")
        | {"plu": "5", "tax_category": "reduced"},
        _item(PEARS, "梨", "7.98", sell_by="weight", unit="KGM", unit_name="kg")
        | {"plu": "6", "tax_category": "reduced"},
        _item(GIFT, "赠品", "0", tax_category="exempt"),
        _item(CAR, "轿车", "99999999.00"),
        _item("S9", "礼品卡", "100.00", tax_category="exempt") | {"discount_cap": "0"},
    ],
}


def make_counter_shop(root: Path, setup: dict[str, Any] | None = None) -> ShopFolder:
    """Set a shop up; slow."""
    folder = ShopFolder(root)
    model = SetupFile.model_validate(setup or SETUP)
    create_shop(folder, model, FileKeyStore(folder.root))
    return folder


@cache
def _prepared() -> ShopFolder:
    """Return the shop that tests copy; made once, removed with the process."""
    folder = tempfile.mkdtemp(prefix="guitai-counter-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_counter_shop(Path(folder) / "shop")


def fresh_shop(parent: Path) -> ShopFolder:
    """Return a shop of one's own."""
    root = parent / "shop"
    shutil.copytree(_prepared().root, root)
    return ShopFolder(root)


@cache
def _prepared_for(more: tuple[str, ...]) -> ShopFolder:
    """Return a shop whose manager may more; made once, removed with the process."""
    folder = tempfile.mkdtemp(prefix="guitai-manager-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    *others, manager = SETUP["roles"]
    may = [*manager["permissions"], *more]
    roles = [*others, manager | {"permissions": may}]
    return make_counter_shop(Path(folder) / "shop", SETUP | {"roles": roles})


def manager_shop(parent: Path, *more: str) -> ShopFolder:
    """Return a shop of one's own whose manager has further permissions."""
    root = parent / "shop"
    shutil.copytree(_prepared_for(more).root, root)
    return ShopFolder(root)


class Losses:
    """What the till said it could not store."""

    def __init__(self) -> None:
        self.errors: list[GuitaiError] = []

    def __call__(self, error: GuitaiError) -> None:
        self.errors.append(error)


@contextmanager
def opened(
    folder: ShopFolder,
    clock: Clock | None = None,
    losses: Losses | None = None,
    number: str | None = CASHIER,
) -> Iterator[Till]:
    """Open a till and sign somebody on, without a PIN."""
    options = Options(
        clock=clock or ReplayClock(NOON),
        with_printer=False,
        on_lost=losses or Losses(),
    )
    with Till(folder, options) as till:
        if number is not None:
            sign_on(till.counter, number)
        yield till


def sign_on(counter: Counter, number: str) -> Staff:
    """Sign somebody on, without the cost of a PIN."""
    staff = counter.sign_on.by_number(number)
    counter.desk.session.begin(staff)
    return staff


def unit_of(counter: Counter, code: str) -> SellingUnit:
    """Return what a code names."""
    found = counter.sale.look_up(code)
    assert found is not None, code
    return found.unit


def pay_cash(counter: Counter, amount_minor: int | None = None) -> Sale:
    """Take cash and end the sale; durable when it returns."""
    counter.checkout.take("cash", amount_minor)
    return finish(counter)


def finish(counter: Counter, *, print_slip: bool = False) -> Sale:
    """End a sale that is paid."""
    sale = counter.checkout.finish(print_slip=print_slip).result()
    counter.checkout.finished()
    return sale


def sell(counter: Counter, *codes: str) -> Sale:
    """Sell one of each code for cash."""
    for code in codes or (TEA,):
        counter.sale.scan(code)
    return pay_cash(counter)


def refusal(action: Any, *what: Any, **named: Any) -> GuitaiError:
    """Return the error that an action was refused with."""
    try:
        action(*what, **named)
    except GuitaiError as error:
        return error
    raise AssertionError("it was not refused")


def lines_of(counter: Counter) -> list[tuple[str, Decimal]]:
    """Return (name or code, quantity) of the open basket."""
    basket = counter.sale.basket
    lines = basket.lines if basket else ()
    return [(x.unit.name if x.unit else x.scanned, x.quantity) for x in lines]


def journal_kinds(till: Till) -> list[str]:
    """Return the kinds of all entries, in the order of the chain."""
    till.ledger.flush()
    return [
        str(row[0])
        for row in query(till, "SELECT kind FROM journal ORDER BY epoch, seq")
    ]


def query(till: Till, statement: str) -> list[Any]:
    """Ask the ledger; packed documents come as the bytes that were packed."""
    with till.ledger.read_engine.connect() as connection:
        rows = connection.execute(text(statement)).all()
    return [_plain_row(row) if any(map(_is_packed, row)) else row for row in rows]


def _is_packed(cell: object) -> bool:
    return isinstance(cell, bytes) and unpack(cell) != cell


def _plain_row(row: Any) -> Any:
    made = namedtuple("PlainRow", row._fields, rename=True)  # type: ignore[misc]  # noqa: PYI024 - known only now
    return made(*(unpack(cell) if isinstance(cell, bytes) else cell for cell in row))


def prove(till: Till) -> None:
    """Assert that chain, sums, balances and numbers hold."""
    till.ledger.flush()
    with till.ledger.read_engine.connect() as connection:
        assert whole_chain(connection).fault is None
        for rule in (*SALE_RULES, *LEDGER_RULES):
            assert connection.execute(text(rule.query)).all() == [], rule.key
        rows = connection.execute(
            text("SELECT till || '-' || series, last FROM number_series")
        )
        issued: dict[str, int] = {name: last for name, last in rows}  # noqa: C416
        assert broken_shifts(connection, EVERY_TICKET) == {}
        numbers = connection.execute(text(NUMBERS)).scalars()
        found: dict[str, list[int]] = {}
        for number in numbers:
            series, _, serial = number.rpartition("-")
            found.setdefault(series, []).append(int(serial))
        assert {k: sorted(v) for k, v in found.items()} == {
            k: list(range(1, last + 1)) for k, last in issued.items()
        }


def fill_disk(till: Till) -> None:
    """Let the ledger's file grow no more: SQLite says SQLITE_FULL, as on a disk.

    The last page of the intents is filled up too, so that the very next one fails.
    """
    till.ledger.flush()
    _driver(till, "PRAGMA max_page_count=1")
    with till.ledger._writer.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        row = "INSERT INTO intent SELECT 'junk', 1 + count(*), '', ?, 0 FROM intent"
        for size in (300, 30, 1):
            with suppress(raw.OperationalError):
                while True:
                    raw.execute(row, ("x" * size,))


def make_room(till: Till) -> None:
    """Let it grow again."""
    till.ledger.flush()
    _driver(till, f"PRAGMA max_page_count={2**30}")


def _driver(till: Till, pragma: str) -> None:
    with till.ledger._writer.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute(pragma).fetchone()


def scan_beyond(counter: Counter, losses: Losses, code: str = COLA) -> int:
    """Scan what the full disk does not take; return how many scans."""
    for _ in range(5):
        counter.sale.scan(code)
        counter.desk.ledger.flush()
    assert {error.key for error in losses.errors} == {"disk_full"}
    return 5
