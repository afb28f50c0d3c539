"""The back office's prices and quick keys, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos_app.domain.markdown import Ladder, Rung
from pos_app.services.prices import PriceDraft
from pos_app.values.percentage import Percentage
from tests.journeys.screen_campaigns import campaign_views
from tests.journeys.screen_coupons import coupon_views
from tests.journeys.screen_programme import programme_views
from tests.journeys.screen_till import BANANA, COLA_GTIN, FIRST_GTIN, ScreenTill


def office_views(till: ScreenTill) -> Iterator[str]:
    """Show the views; begins and ends on the sale screen."""
    till.press("tab_office")
    yield from _price_views(till)
    yield from _promotion_views(till)
    yield from _label_views(till)
    yield from _markdown_views(till)
    yield from programme_views(till)
    yield from coupon_views(till)
    yield from campaign_views(till)
    yield from _key_views(till)
    till.press("tab_sale")


def _price_views(till: ScreenTill) -> Iterator[str]:
    till.press("go-prices")
    yield "prices, nothing chosen"
    till.press("priceSearch")
    till.type("niunai")
    till.key(Qt.Key.Key_Return)
    _schedule(till)
    part = till.flow.features.back_office.part
    part.on_unit(till.work.counter.sale.look_up(COLA_GTIN).unit.unit_id)
    yield "prices, one item"
    till.press("segment-pricesTabs-coming")
    yield "prices, to come"
    till.press("segment-pricesTabs-day")
    yield "prices, by day"
    till.press("priceDay-1")
    yield "prices, an empty day"
    till.press("newPrice")
    till.type("0")
    till.press("segment-begins-later")
    till.press("segment-ends-until")
    yield "new price dialog"
    till.press("newPriceSave")
    yield "price of zero"
    till.press("answer-retype")
    till.find("day-start").setText("2020-01-01")
    till.find("edit-newPrice").setFocus()
    till.type("1")
    yield "new price refused"
    till.press("dialogClose")


def _schedule(till: ScreenTill) -> None:
    """Let a price hold, one come and one lie beneath."""
    counter = till.work.counter
    now = counter.desk.clock.now()
    cola = counter.sale.look_up(COLA_GTIN).unit.unit_id
    for draft in (
        PriceDraft(cola, 250, None, now.plus_seconds(86_400)),
        PriceDraft(cola, 350, now.plus_seconds(7200)),
    ):
        till.work.upkeep.catalog_change(counter.prices.schedule(draft))()


def _promotion_views(till: ScreenTill) -> Iterator[str]:
    till.press("go-promotions")
    yield "promotions, nothing chosen"
    part = till.flow.features.back_office.part
    part.on_row(part.state.rows[0].key)
    yield "promotions, one chosen"
    for tab in ("to_come", "draft", "stopped"):
        till.press(f"segment-promotionTabs-{tab}")
        yield f"promotions, {tab}"
    till.press("newPromotion")
    yield "promotions, sentences"
    part.on_template("second")
    yield "promotion without goods"
    till.press("blank-goods")
    yield "promotion, its goods"
    till.scan(COLA_GTIN)
    till.press("promotionCardDone")
    till.wait(lambda: bool(part.state.editor.sample.rows))
    yield "promotion, its sample basket"
    till.press("promotionDryRun")
    till.wait(lambda: part.dry_run.state.table is not None)
    yield "promotion, tried on last week"
    till.press("dryRunHeadBack")
    for key in ("off", "every", "audience", "limits"):
        till.press(f"blank-{key}")
        yield f"promotion, {key}"
        till.press("promotionCardDone")
    till.press("blank-when")
    till.press("segment-choice-hours-span")
    till.press("segment-choice-period-dates")
    part.on_field("last", "until")
    yield "promotion, when"
    till.press("promotionCardDone")
    for key in ("name", "trigger", "together", "returns", "funding", "priority"):
        till.press(f"option-{key}")
        yield f"promotion, {key}"
        till.press("promotionCardDone")
    till.press("promotionStart")
    till.wait(lambda: till.dialog == "startPromotionDialog")
    till.press("segment-promotionBegins-later")
    till.press("segment-promotionEnds-until")
    yield "promotion starts"
    till.press("dialogClose")
    for key in ("spend", "bundle", "gift", "breaks"):
        part.on_template(key)
        yield f"promotion, {key}"
    part.throw_away()
    part.on_search("x")
    yield "promotions, nothing found"
    part.on_search("")


def _label_views(till: ScreenTill) -> Iterator[str]:
    till.press("go-labels")
    part = till.flow.features.back_office.part
    till.wait(lambda: bool(part.state.label and part.state.label.png))
    yield "labels, changed prices"
    till.press("labelForms")
    yield "labels, what is on them"
    till.press("labelForms")
    till.press("segment-labelTabs-coming")
    yield "labels, to come"
    till.press("segment-labelTabs-goods")
    yield "labels, nothing chosen"
    till.scan(COLA_GTIN)
    till.wait(lambda: bool(part.state.label and part.state.label.png))
    yield "labels, one item"
    till.scan(BANANA)
    till.press("segment-labelUses-weighed")
    field = till.find("edit-labelWeight")
    till.touch(field, field.rect().center())
    till.type("x")
    yield "labels, weight refused"
    till.press("labelRemove")
    till.press("labelSearch")
    till.type("000111")
    yield "labels, nothing found"
    part.on_search("")
    till.press("labelPdf")
    till.wait(lambda: not part.is_working and not part.state.rows)
    yield "labels, written as a PDF"


def _markdown_views(till: ScreenTill) -> Iterator[str]:
    till.press("go-markdown")
    yield "mark down, nothing in hand"
    till.scan(FIRST_GTIN)
    yield "mark down, no last day yet"
    service = till.work.counter.markdown
    rungs = tuple(
        Rung(days, hour * 60, Percentage.parse(off))
        for days, hour, off in ((2, 0, "20"), (1, 8, "30"), (0, 19, "50"))
    )
    ladder = Ladder("", 0, rungs, Percentage.parse("5"))
    till.work.upkeep.catalog_change(service.put(ladder))()
    till.press("act-day_2")
    yield "mark down, a piece and its price"
    till.press("segment-markdownViews-ladders")
    yield "mark down, a ladder"
    till.press("officeAdd")
    yield "mark down, a new ladder"
    till.press("officeDiscard")
    till.press("segment-markdownViews-results")
    yield "mark down, nothing sold or left"
    till.press("segment-markdownViews-pieces")
    till.key(Qt.Key.Key_Delete)
    assert not till.flow.features.back_office.part.pieces


def _key_views(till: ScreenTill) -> Iterator[str]:
    till.press("go-keys")
    yield "quick keys"
    part = till.flow.features.back_office.part
    first = part.state.tiles[0].key
    part.on_slot(first)
    yield "quick keys, one chosen"
    part.on_slot("")
    yield "quick keys, free place"
    till.press("keySearch")
    till.type("niunai")
    yield "quick keys, found"
    part.on_moved(first, 1)
    till.press("tab_sale")
    yield "unsaved question"
    till.press("answer-throw_away")
    till.press("tab_office")
    below = next(x for x in part.categories if x.parent_id)
    part.on_page(below.category_id)
    yield "category without a tab"
    till.press("categoryEdit")
    yield "category dialog"
    till.press("categoryDelete")
    till.wait(lambda: not part.is_working)
    yield "category dialog, refused"
    till.press("dialogClose")
    till.press("categoryAdd")
    yield "new category dialog"
    till.press("dialogClose")
