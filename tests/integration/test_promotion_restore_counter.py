"""What a cashier meets at a till that goes on from an older copy: nothing stops a sale.

Slips, coupons and labels that were printed since, baskets of then, and a ledger that
knows of promotions which the catalogue has lost.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.cli.verify import verify
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.promotion.promotion import Limits
from pos_app.domain.promotion_plain import promotion_to_plain
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.markdown_results import MarkdownResults
from tests.builders_place import choose, restore
from tests.builders_promotions import by_hand, everything, nth, percent, unit_deal
from tests.builders_returns import paid_back, refund, take_back, without_receipt
from tests.counter_shop import TEA, pay_cash, refusal, sell
from tests.coupon_shop import give, make, state_of
from tests.restored_shop import HALF, PAIR, SHELF, RestoredShop, started, store
from tests.unit.test_markdown_service import codes, with_ladder

TEN = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000)


@pytest.fixture
def shop(tmp_path: Path) -> RestoredShop:
    return RestoredShop(tmp_path)


def due(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def scan_pair(till: Till) -> None:
    for _piece in range(2):
        till.counter.sale.scan(TEA)


def park(till: Till) -> str:
    parked = till.counter.park.park("").result()
    till.counter.park.settled()
    return parked.number


# ------------------------------------------------------------------- an older backup


def test_a_limit_is_counted_on_from_where_the_backup_was(shop: RestoredShop) -> None:
    with shop.till() as till:
        started(till, replace(HALF, limits=Limits(in_all=3)))
        first = sell(till.counter, TEA, TEA)
        backup = shop.backup(till)
        sell(till.counter, TEA, TEA)
    shop.restore(backup)
    with shop.till() as till:
        saved = [sell(till.counter, TEA, TEA).priced.discount_minor for _ in range(3)]
        assert saved == [SHELF // 2, SHELF // 2, 0]
        assert till.ledger.promotion_uses.in_all()["half"].times == 3
        till.counter.reversal.reverse(first.sale_id, "rung_up_wrongly").result()
        assert till.ledger.promotion_uses.in_all()["half"].times == 2


def test_a_slip_that_was_printed_since_is_unknown_in_a_clear_word(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        started(till, HALF)
        backup = shop.backup(till)
        lost = sell(till.counter, TEA, TEA)
    shop.restore(backup)
    with shop.till() as till:
        other = sell(till.counter, TEA)
        assert other.number != lost.number
        find = till.counter.returns.receipts.by_code
        for read in (lost.number, f"urn:uuid:{lost.sale_id}"):
            assert refusal(find, read).key == "receipt_unknown"
        without_receipt(till.counter, TEA)
        assert sum(x.amount_minor for x in refund(till.counter).refunds) == SHELF


def test_baskets_of_the_backup_are_there_at_prices_that_can_be_told(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        started(till, HALF)
        scan_pair(till)
        kept = park(till)
        scan_pair(till)
        backup = shop.backup(till)
        first = pay_cash(till.counter)
        scan_pair(till)
        lost = park(till)
    shop.restore(backup)
    with shop.till() as till:
        assert due(till) == first.priced.total_minor
        store(till, till.counter.promotions.stop("half"))
        sale = pay_cash(till.counter)  # a basket keeps the deals of its beginning
        assert sale.priced.total_minor == first.priced.total_minor
        assert sale.number != first.number
        (parked,) = till.counter.park.all()
        assert parked.number == kept
        assert refusal(till.counter.park.by_slip, lost).key == "parked_gone"
        resumed = till.counter.park.resume(parked.sale.basket.basket_id).result()
        till.counter.park.settled()
        assert (due(till), resumed.difference_minor) == (2 * SHELF, SHELF // 2)
        pay_cash(till.counter)


def test_coupons_of_the_backup_are_good_and_those_given_since_are_unknown(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        template = make(till, TEN)
        known = give(till, template)
        backup = shop.backup(till)
        lost = give(till, template)
    shop.restore(backup)
    with shop.till() as till:
        till.counter.sale.scan(TEA)
        assert refusal(till.counter.coupons.show, lost.code).key == "coupon_unknown"
        till.counter.coupons.show(known.code)
        assert due(till) == SHELF - 1000
        pay_cash(till.counter)
        assert state_of(till, known.coupon_id) is CouponState.REDEEMED
        till.counter.sale.scan(TEA)
        assert refusal(till.counter.coupons.show, known.code).key == "coupon_redeemed"
        pay_cash(till.counter)


def test_labels_of_goods_marked_down_since_are_good_and_what_they_sold_is_told(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        backup = shop.backup(till)
        with_ladder(till)
        (code, _bars) = codes(till, TEA)
    shop.restore(backup)
    with shop.till() as till:
        till.counter.sale.scan("]C1" + code)
        assert pay_cash(till.counter).priced.total_minor == SHELF // 2
        (share,) = MarkdownResults(till.counter.desk).asking(7)()
        assert (share.labelled, share.sold, share.more) == (0, 1, 1)
        assert share.earned_minor == share.let_go_minor == SHELF // 2


def test_a_file_of_the_lost_versions_becomes_a_draft_with_a_number_of_its_own(
    shop: RestoredShop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "promotions.json"
    with shop.till() as till:
        started(till, HALF)
        backup = shop.backup(till)
        other = replace(HALF, deal=nth(everything(), 3, percent("50")))
        assert started(till, other) == 2
    words = ("promotions", str(file), "--shop", str(shop.folder.root), "--json")
    assert main(["export", *words]) == 0
    epoch = shop.restore(backup)
    capsys.readouterr()
    assert main(["import", *words]) == 0
    (told,) = json.loads(capsys.readouterr().out)["promotions"]
    assert (told["version"], told["result"]) == (epoch, "changed")
    with shop.till() as till:
        assert sell(till.counter, TEA, TEA).priced.promoted.applications[0].version == 1
        store(till, till.counter.promotions.start("half", epoch))
        (used,) = sell(till.counter, *[TEA] * 3).priced.promoted.applications
        assert used.version == epoch
        said = promotion_to_plain(replace(other, version=epoch))
        newest = till.counter.promotions.versions("half")[0].version.promotion
        assert newest is not None
        assert promotion_to_plain(newest) == said


def test_the_command_says_what_stands_as_it_did_then(
    shop: RestoredShop,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with shop.till() as till:
        backup = shop.backup(till)
    monkeypatch.setattr(sys, "stdin", io.StringIO(shop.code + "\n"))
    words = ["restore", str(backup), "--shop", str(shop.folder.root), "--replace"]
    assert main(words) == 0
    assert "Promotions, prices, coupons and limits" in capsys.readouterr().out


# ------------------------------------------- a ledger that is newer than its catalogue


def test_a_second_place_whose_catalogue_came_late_loses_no_sale(
    shop: RestoredShop, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    with shop.till() as till:
        choose(till, stick)
    copies = list(stick.glob("guitai-*/files-*/catalog.*"))
    early = {path: path.read_bytes() for path in copies}
    with shop.till() as till:
        assert started(till, PAIR) == 1
        sale = sell(till.counter, TEA, TEA)
    for path in stick.glob("guitai-*/files-*/catalog.*"):
        path.unlink()
    for path, content in early.items():
        path.write_bytes(content)
    shop.folder, begun = restore(stick, shop.code, tmp_path / "spare")
    with shop.till() as till:
        assert till.counter.promotions.list() == ()
        assert started(till, PAIR) == begun.epoch
        for _piece in range(2):
            take_back(till.counter, sale)
            assert paid_back(till.counter) == {"cash": SHELF // 2}
        assert sell(till.counter, TEA, TEA).priced.total_minor == SHELF


def test_an_open_basket_goes_on_without_the_promotion_that_is_lost(
    shop: RestoredShop,
) -> None:
    old = shop.catalogue()
    chosen = by_hand(unit_deal(everything(), percent("10")), "chosen")
    with shop.till() as till:
        started(till, chosen)
        started(till, HALF)
        scan_pair(till)
        till.counter.offer_choice.choose("chosen")
        assert due(till) < 2 * SHELF
    shop.put_catalogue(old)
    with shop.till() as till:
        assert due(till) == 2 * SHELF
        till.counter.sale.scan(TEA)
        assert pay_cash(till.counter).priced.total_minor == 3 * SHELF


def test_a_coupon_whose_promotion_is_lost_is_not_used_up_for_nothing(
    shop: RestoredShop,
) -> None:
    old = shop.catalogue()
    with shop.till() as till:
        template = make(till, TEN)
        shown, kept = give(till, template), give(till, template)
        till.counter.sale.scan(TEA)
        till.counter.coupons.show(shown.code)
        assert due(till) == SHELF - 1000
    shop.put_catalogue(old)
    with shop.till() as till:
        assert pay_cash(till.counter).priced.total_minor == SHELF
        assert state_of(till, shown.coupon_id) is CouponState.ISSUED
        till.counter.sale.scan(TEA)
        word = refusal(till.counter.coupons.show, kept.code)
        assert (word.key, word.params["name"]) == ("coupon_not_offered", "ten")
        assert pay_cash(till.counter).priced.total_minor == SHELF


def test_the_journal_of_both_epochs_proves_itself(
    shop: RestoredShop, tmp_path: Path
) -> None:
    with shop.till() as till:
        day = till.counter.desk.business_day()
        started(till, HALF)
        sell(till.counter, TEA, TEA)
        backup = shop.backup(till)
        sell(till.counter, TEA, TEA)
    shop.restore(backup)
    file = tmp_path / "journal.jsonl"
    with shop.till() as till:
        started(till, PAIR)
        sell(till.counter, TEA, TEA)
        till.counter.black_box.export(day, till.counter.desk.business_day(), file)
    assert verify(file).fault is None
