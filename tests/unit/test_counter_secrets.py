"""What must never be kept is refused at the counter and stands nowhere (law 14)."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.services.counter import Counter
from pos_app.services.credentials import is_badge
from pos_app.services.replay import Replay, ReplayClock
from pos_app.values.gs1.check_digit import check_digit
from tests.counter_shop import (
    BADGES,
    CASHIER,
    TEA,
    finish,
    fresh_shop,
    opened,
    query,
    refusal,
)

CARD_NUMBER = "4111111111111111"
WECHAT_CODE = "134567890123456789"
ALIPAY_CODE = "281234567890123456"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def everything_kept(till: Till) -> str:
    till.ledger.flush()
    intents = query(till, "SELECT plain(body) FROM intent")
    journal = query(till, "SELECT plain(canonical) FROM journal")
    return repr([*intents, *journal])


@pytest.mark.parametrize(
    "code",
    [
        CARD_NUMBER,
        "4111 1111 1111 1111",
        WECHAT_CODE,
        ALIPAY_CODE,
        f"]Q1{WECHAT_CODE}",
        f"]C0{CARD_NUMBER}",
        f";{CARD_NUMBER}=29121010000?",
    ],
)
def test_what_pays_is_neither_sold_nor_kept(till, counter, code, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    counter.sale.scan(TEA)
    for action in (counter.sale.scan, counter.sale.look_up):
        error = refusal(action, code)
        assert (error.key, error.params) == ("payment_code_not_an_item", {})
    assert len(counter.sale.basket.lines) == 1
    secret = "".join(c for c in code if c.isdigit())[-12:]
    assert secret not in everything_kept(till) + caplog.text


@pytest.mark.parametrize("change", [str, str.lower, str.swapcase, "]C0{}".format])
def test_a_badge_is_never_a_line(till: Till, counter: Counter, change) -> None:
    code = change(BADGES[CASHIER])
    for action in (counter.sale.scan, counter.sale.look_up):
        error = refusal(action, code)
        assert (error.key, error.params) == ("badge_not_an_item", {})
    assert counter.sale.basket is None
    assert BADGES[CASHIER].lower() not in everything_kept(till).lower()


def test_a_badge_is_one_in_any_case() -> None:
    assert is_badge("gtb" + "7" * 20)
    assert is_badge("GTB" + "7" * 20)
    assert not is_badge("GTB-1")


def test_a_product_code_that_a_card_could_have_becomes_a_red_line(counter) -> None:
    bodies = [f"69012345{n:04d}" for n in range(50)]
    for body in bodies:
        assert counter.sale.scan(body + check_digit(body)).unit is None
    assert len(counter.sale.basket.lines) == 50


def test_a_note_holds_no_card_number(till: Till, counter: Counter) -> None:
    counter.sale.scan(TEA)
    line = counter.sale.basket.lines[0].line_id
    for note in (
        f"card {CARD_NUMBER} 12/29",
        "４１１１ １１１１ １１１１ １１１１",
        WECHAT_CODE,
    ):
        error = refusal(counter.sale.set_note, line, note)
        assert (error.key, error.params) == ("note_holds_payment_code", {})
    assert "1111" not in everything_kept(till)


@pytest.mark.parametrize("tender", ["card", "wechat", "voucher", "coupon", "cash"])
def test_no_reference_holds_a_card_number(till, counter, tender: str) -> None:
    counter.sale.scan(TEA)
    error = refusal(counter.checkout.take, tender, 1280, f"no {CARD_NUMBER}")
    assert (error.key, error.params) == ("reference_is_card_number", {})
    assert CARD_NUMBER not in everything_kept(till)


def test_a_replay_says_nothing_of_them(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path)) as till:
        commands = [
            {"do": "scan", "code": CARD_NUMBER},
            {"do": "scan", "code": BADGES[CASHIER].lower()},
            {"do": "scan", "code": TEA},
            {"do": "quantity", "value": CARD_NUMBER},
            {"do": "note", "text": WECHAT_CODE},
            {"do": "resolve", "code": ALIPAY_CODE},
            {"do": "tender", "key": "voucher", "reference": CARD_NUMBER},
            {"do": "sign_on", "number": "918273", "pin": "1"},
        ]
        lines = [json.dumps(each) for each in commands]
        answers = list(Replay(till.counter, ReplayClock()).run(lines))
    assert [x["refused"] for x in answers] == [
        "payment_code_not_an_item",
        "badge_not_an_item",
        "quantity_absurd",
        "note_holds_payment_code",
        "payment_code_not_an_item",
        "reference_is_card_number",
        "staff_unknown",
    ]
    said = json.dumps(answers).lower()
    for secret in (CARD_NUMBER, WECHAT_CODE, ALIPAY_CODE, "918273"):
        assert secret not in said
    assert BADGES[CASHIER].lower() not in said


def test_a_sale_is_journalled_without_names_and_notes_but_reads_back_whole(
    till: Till, counter: Counter
) -> None:
    counter.sale.scan(TEA)
    line = counter.sale.basket.lines[0].line_id
    counter.sale.set_note(line, "给李女士")
    counter.checkout.take("cash", None)
    sale = finish(counter)
    assert sale.lines[0].note == "给李女士"
    assert till.ledger.last_sale() == sale
    assert till.ledger.sale(sale.sale_id) == sale
    journal = repr(query(till, "SELECT plain(canonical) FROM journal"))
    assert "李女士" not in journal
    assert "cashier_name" not in journal


def test_a_voided_basket_leaves_no_note_in_the_journal(till, counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.set_note(counter.sale.basket.lines[0].line_id, "给李女士")
    counter.checkout.void_sale("customer_left").result()
    journal = repr(query(till, "SELECT plain(canonical) FROM journal"))
    assert "SaleVoided" in journal
    assert "李女士" not in journal
    assert "cashier_name" not in journal
