"""Promotions in real databases: versions, runs, uses; what the files themselves refuse."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from pos_app.bootstrap import Till
from pos_app.domain.promotion.book import EMPTY_BOOK
from pos_app.domain.promotion.deal import Break as TierBreak
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Slot,
    SpendDeal,
    SpendTier,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.occasion import Used
from pos_app.domain.promotion.promotion import LimitPeriod, Limits, Promotion
from pos_app.domain.promotion.selector import ALL_GOODS, GoodsSet, Selector
from pos_app.domain.promotion_plain import (
    NotKnownHereError,
    promotion_from_plain,
    promotion_from_text,
    promotion_to_plain,
    promotion_to_text,
)
from pos_app.errors import StorageError
from pos_app.persistence.catalog.opening import open_catalog, open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.builders_promotion_data import application, store_using
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, TEA, fresh_shop, opened, prove, sell

KEY = bytes(range(32))
NOON = 1_795_000_000_000
HALF = Off(percentage=Percentage(500_000))
BREAD = Selector(GoodsSet(category_ids=("bread",)))
DEALS: tuple[Deal, ...] = (
    UnitDeal(BREAD, Off(price_minor=990)),
    TierDeal(BREAD, (TierBreak(Decimal(2), HALF),)),
    NthDeal(BREAD, 2, 1, HALF),
    NForDeal(Selector(ALL_GOODS, GoodsSet(brands=("晨露",))), 3, 1000),
    BundleDeal((Slot(BREAD), Slot(BREAD, 2, HALF))),
    GiftDeal(BREAD, Selector(GoodsSet(tags=("赠品",))), threshold_minor=5000),
    SpendDeal((SpendTier(10000, Off(amount_minor=2000)),), repeats=True),
)


def half_second(promotion_id: str = "p1", version: int = 1) -> Promotion:
    return Promotion(promotion_id, version, "第二件半价", NthDeal(BREAD, 2, 1, HALF))


def stored(promotion: Promotion) -> PromotionVersion:
    return PromotionVersion(
        promotion.promotion_id,
        promotion.version,
        "nth",
        promotion.name,
        promotion_to_text(promotion),
        promotion,
        Timestamp(NOON),
        "3001",
    )


def run(
    start: int, end: int | None = None, version: int = 1, promotion_id: str = "p1"
) -> PromotionRun:
    period = Period(Timestamp(start), None if end is None else Timestamp(end))
    run_id = f"{promotion_id}/{version}/{start}"
    return PromotionRun(
        run_id, promotion_id, version, period, "3001", "", Timestamp(NOON)
    )


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[CatalogWriter]:
    engine = open_catalog(tmp_path / "catalog.db", KEY)
    yield CatalogWriter(engine, lambda: NOON)
    engine.dispose()


@pytest.fixture
def reader(tmp_path: Path, writer: CatalogWriter) -> Iterator[CatalogReader]:
    engine = open_catalog_reader(tmp_path / "catalog.db", KEY)
    found = CatalogReader(engine)
    yield found
    found.close()
    engine.dispose()


def at(reader: CatalogReader, moment: int) -> list[tuple[str, int]]:
    book = reader.promotion_book(Timestamp(moment))
    return [(x.promotion_id, x.version) for x in book.promotions]


@pytest.mark.parametrize("deal", DEALS, ids=lambda x: type(x).__name__)
def test_each_kind_is_read_as_what_it_was_written(deal: Deal) -> None:
    whole = Promotion("p1", 3, "优惠", deal, names=(("en", "Deal"),))
    assert promotion_from_text(promotion_to_text(whole)) == whole
    said = promotion_to_plain(whole)
    only = {key: said[key] for key in ("promotion_id", "version", "name", "deal")}
    assert promotion_from_plain(only) == replace(whole, names=())


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"deal": {"kind": "auction"}}, "auction"),
        ({"mood": "merry"}, "mood"),
        ({"limits": {"per_basket": 1, "per_till": 2}}, "per_till"),
    ],
)
def test_what_a_newer_program_wrote_is_not_guessed_at(
    change: dict[str, object], word: str
) -> None:
    with pytest.raises(NotKnownHereError) as error:
        promotion_from_plain({**promotion_to_plain(half_second()), **change})
    assert error.value.word == word


def test_a_book_holds_what_runs_at_the_moment_and_is_kept(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    assert reader.promotion_book(Timestamp(NOON)) is EMPTY_BOOK
    for version in (1, 2):
        writer.put_promotion_version(stored(half_second(version=version)))
    writer.put_promotion_version(stored(half_second("p2")))
    writer.put_promotion_run(run(NOON, NOON + 500))
    writer.put_promotion_run(run(NOON + 500, None, version=2))
    writer.put_promotion_run(run(NOON + 100, NOON + 100, promotion_id="p2"))
    assert at(reader, NOON - 1) == []
    assert at(reader, NOON) == at(reader, NOON + 499) == [("p1", 1)]
    assert at(reader, NOON + 500) == at(reader, NOON + 10**9) == [("p1", 2)]
    book = reader.promotion_book(Timestamp(NOON + 1))
    assert reader.promotion_book(Timestamp(NOON + 400)) is book


def test_a_stopped_promotion_still_holds_in_the_moment_before(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    writer.put_promotion_version(stored(half_second()))
    begun = run(NOON)
    writer.put_promotion_run(begun)
    assert at(reader, NOON + 10) == [("p1", 1)]
    ended = Period(begun.period.start, Timestamp(NOON + 10))
    writer.put_promotion_run(replace(begun, period=ended, stopped_by="3001"))
    assert at(reader, NOON + 9) == [("p1", 1)]
    assert at(reader, NOON + 10) == []
    assert reader.promotion_runs("p1")[0].stopped_by == "3001"


def test_a_kind_that_is_not_known_here_is_kept_and_never_applied(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    text = '{"name":"拍卖","deal":{"kind":"auction","bids":3}}'
    strange = replace(stored(half_second()), kind="auction", text=text, promotion=None)
    writer.put_promotion_version(strange)
    writer.put_promotion_run(run(NOON))
    writer.put_promotion_version(stored(half_second("p2")))
    writer.put_promotion_run(run(NOON, promotion_id="p2"))
    assert at(reader, NOON) == [("p2", 1)]
    assert reader.promotion_versions("p1") == (strange,)
    assert reader.promotion_version("p1", 1) is None


def test_a_version_that_was_started_never_changes_and_a_draft_does(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    draft = stored(half_second())
    writer.put_promotion_version(draft)
    better = stored(replace(half_second(), name="买一送一"))
    writer.put_promotion_version(better)
    assert reader.promotion_versions() == (better,)
    writer.put_promotion_run(run(NOON, NOON + 9))
    for change in (
        lambda: writer.put_promotion_version(draft),
        lambda: writer.drop_promotion_version("p1", 1),
        lambda: writer.put_promotion_run(run(NOON, NOON + 10)),
    ):
        with pytest.raises((StorageError, DatabaseError)):
            change()
    assert reader.promotion_versions() == (better,)
    assert reader.promotion_runs() == (run(NOON, NOON + 9),)
    writer.put_promotion_version(stored(half_second(version=2)))
    writer.drop_promotion_version("p1", 2)
    assert reader.promotion_versions() == (better,)


# ------------------------------------------------------------------------ uses

DAY = LimitPeriod.DAY


def used(till: Till, day: date, member_id: str = "", **limits: object) -> Used:
    asked = {"p1": Limits(**limits)}  # type: ignore[arg-type]
    found = till.ledger.promotion_uses.used(asked, day, member_id)
    return found.get("p1", Used())


def test_uses_are_counted_in_all_in_a_while_and_by_member(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path), number=MANAGER) as till:
        sale = sell(till.counter, TEA)
        day = sale.business_day
        store_using(till, sale, application("p1", times=2), member_id="m1")
        store_using(till, sale, application("p1"), application("p1", 2), member_id="m2")
        monday = day - timedelta(days=day.weekday())
        old = replace(sale, business_day=monday - timedelta(days=1))
        store_using(till, old, application("p1", times=5), member_id="m1")
        assert used(till, day, in_all=9) == Used(in_all=9)
        assert used(till, day, in_period=9, period=DAY) == Used(in_period=4)
        week = LimitPeriod.WEEK
        assert used(till, day, in_period=9, period=week) == Used(in_period=4)
        asked = {"per_member": 1, "member_period": LimitPeriod.EVER}
        assert used(till, day, "m1", **asked) == Used(by_member=7)
        assert used(till, day, "m2", **asked) == Used(by_member=2)
        assert used(till, day, "", **asked) == Used()
        assert used(till, day, "m1", per_member=1, member_period=DAY).by_member == 2
        assert till.ledger.promotion_uses.in_all()["p1"].times == 9
        prove(till)


def test_a_mirrored_sale_gives_its_uses_back(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        sale = sell(till.counter, TEA)
        again = store_using(till, sale, application("p1", times=3), member_id="m1")
        store_using(till, sale, application("p1"), member_id="m1")
        till.counter.reversal.reverse(again.sale_id, "rung_up_wrongly").result()
        day = sale.business_day
        assert used(till, day, in_all=9) == Used(in_all=1)
        assert used(till, day, "m1", per_member=9) == Used(by_member=1)
        prove(till)
