"""Signed coupons: believed without a line, and each way to cheat by its own name."""

from uuid import UUID

import pytest

from pos_app.domain.coupon.code import base32
from pos_app.domain.coupon.facts import CouponFact, Issued, Redeemed, Reserved, Stamp
from pos_app.domain.coupon.life import fold
from pos_app.domain.coupon.signed import (
    PREFIX,
    TEXT_LENGTH,
    SignedCoupon,
    body_of,
    text_of,
)
from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.errors import UserError
from pos_app.services.coupon_signing import (
    Trust,
    accept,
    read_trusted,
    sign_coupon,
    signer_of,
)
from pos_app.values.times import Timestamp

NOW = Timestamp(1_790_000_000_000)
SHOP, OTHER = signer_of(bytes([1] * 32)), signer_of(bytes([2] * 32))
TRUST = Trust((SHOP.public_key,), limit_minor=50_00)
COUPON = SignedCoupon(str(UUID(int=5)), str(UUID(int=6)), NOW.plus_seconds(60))
TEMPLATE = Template(
    COUPON.template_id, 1, "减 20", "p", Validity(ValidityKind.FIXED), cost_minor=20_00
)
STAMP = Stamp("f1", COUPON.coupon_id, NOW)


def test_a_coupon_of_the_shop_is_believed() -> None:
    text = sign_coupon(COUPON, SHOP)
    assert len(text) == TEXT_LENGTH
    assert read_trusted(text.lower(), NOW, TRUST) == COUPON


def test_an_expired_one_is_refused() -> None:
    with pytest.raises(UserError, match="coupon_expired"):
        read_trusted(sign_coupon(COUPON, SHOP), NOW.plus_seconds(60), TRUST)


def test_one_of_another_shop_is_refused() -> None:
    with pytest.raises(UserError, match="coupon_of_another_shop"):
        read_trusted(sign_coupon(COUPON, OTHER), NOW, TRUST)


def test_one_that_only_names_the_shops_key_is_forged() -> None:
    body = body_of(COUPON, SHOP.public_key)
    with pytest.raises(UserError, match="coupon_forged"):
        read_trusted(text_of(body, OTHER.sign(body)), NOW, TRUST)


@pytest.mark.parametrize("longer", [0, 1])
def test_a_later_end_under_an_old_signature_is_forged(longer: int) -> None:
    text = sign_coupon(COUPON, SHOP)
    later = SignedCoupon(
        COUPON.coupon_id, COUPON.template_id, COUPON.expires_at.plus_seconds(longer)
    )
    value = 0
    for character in text.removeprefix(PREFIX):
        value = value << 5 | "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(character)
    signature = value.to_bytes(114, "big")[46:110]
    made = text_of(body_of(later, SHOP.public_key), signature)
    if not longer:
        assert read_trusted(made, NOW, TRUST) == COUPON
        return
    with pytest.raises(UserError, match="coupon_forged"):
        read_trusted(made, NOW, TRUST)


def test_every_changed_character_is_noticed() -> None:
    text = sign_coupon(COUPON, SHOP)
    for place in range(len(PREFIX), TEXT_LENGTH):
        wrong = "7" if text[place] != "7" else "8"
        changed = text[:place] + wrong + text[place + 1 :]
        with pytest.raises(UserError, match=r"coupon_altered|coupon_code_unreadable"):
            read_trusted(changed, NOW, TRUST)


@pytest.mark.parametrize(
    "text", ["", PREFIX, "S1" + base32(b"x" * 114)[:-1], "é" * 185]
)
def test_anything_else_is_unreadable(text: str) -> None:
    with pytest.raises(UserError, match="coupon_code_unreadable"):
        read_trusted(text, NOW, TRUST)


def test_it_is_used_once_in_this_shops_ledger() -> None:
    issued = accept(COUPON, TEMPLATE, None, STAMP, TRUST)
    assert isinstance(issued, Issued)
    stamps = [Stamp(name, COUPON.coupon_id, NOW) for name in ("f2", "f3")]
    until = NOW.plus_seconds(60)
    in_basket: list[CouponFact] = [issued, Reserved(stamps[0], "b", "t", until)]
    assert accept(COUPON, TEMPLATE, fold(in_basket), STAMP, TRUST) is None
    sold = fold([*in_basket, Redeemed(stamps[1], "b", "sale-1", 20_00)])
    with pytest.raises(UserError, match=r"coupon_redeemed\(sale_id=sale-1\)"):
        accept(COUPON, TEMPLATE, sold, STAMP, TRUST)


def test_what_costs_too_much_is_not_taken_offline() -> None:
    small = Trust(TRUST.public_keys, limit_minor=19_99)
    with pytest.raises(UserError, match="coupon_above_offline_limit"):
        accept(COUPON, TEMPLATE, None, STAMP, small)
    with pytest.raises(UserError, match="coupon_unknown"):
        accept(COUPON, None, None, STAMP, TRUST)
