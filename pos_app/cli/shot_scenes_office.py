"""Prices and quick keys of the back office in believable states."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.cli.shot_scenes_campaigns import CampaignScenes
from pos_app.domain.markdown import Ladder, Rung
from pos_app.services.prices import PriceDraft
from pos_app.values.percentage import Percentage

_COLA, _RICE_BALL, _YOGHURT = "9521005001379", "9521001001373", "9521010009599"
_DAY_S = 86_400


class OfficeScenes:
    """Plays with an empty till and a manager signed on.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._frame = place.screen.flow.frame
        self._office = place.screen.flow.features.back_office

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.look()
        self._hand.press("tab_office")
        self._hand.press("go-prices")
        self._schedule()
        yield "office_prices"
        self._hand.press("segment-pricesTabs-coming")
        yield "office_prices_coming"
        self._hand.press("newPrice")
        yield "dialog_new_price"
        self._hand.press("dialogClose")
        yield from self._promotions()
        yield from self._labels()
        yield from self._markdown()
        yield from self._programme()
        yield from self._coupons()
        yield from CampaignScenes(self._place).play()
        self._hand.press("go-keys")
        part = self._office.part
        part.on_slot(part.state.tiles[0].key)  # type: ignore[union-attr]
        yield "office_keys"
        self._hand.press("categoryAdd")
        yield "dialog_category"
        self._hand.press("dialogClose")
        self._hand.press("tab_sale")

    def _promotions(self) -> Iterator[str]:
        """List what runs, begin another one, and put goods into its sentence."""
        self._hand.press("go-promotions")
        part = self._office.part
        part.on_row(part.state.rows[0].key)  # type: ignore[union-attr]
        yield "office_promotions"
        self._hand.press("newPromotion")
        yield "office_promotion_sentences"
        part.on_template("second")  # type: ignore[union-attr]
        self._hand.press("blank-goods")
        self._hand.scan(_COLA)
        yield "office_promotion_goods"
        self._hand.press("promotionCardDone")
        self._hand.wait(self._sees_sample, "the sample basket")
        yield "office_promotion_editor"
        self._hand.press("blank-when")
        self._hand.press("segment-choice-hours-day")
        self._hand.press("segment-choice-hours-span")
        yield "office_promotion_when"
        self._hand.press("blank-off")
        yield "office_promotion_off"
        self._hand.press("promotionCardDone")
        self._hand.press("promotionStart")
        self._hand.wait(self._asks_start, "when it starts")
        yield "dialog_start_promotion"
        self._hand.press("dialogClose")
        self._hand.press("promotionBack")

    def _sees_sample(self) -> bool:
        """Tell whether the basket beside the sentence is priced."""
        editor = getattr(self._office.part.state, "editor", None)  # type: ignore[union-attr]
        return editor is not None and bool(editor.sample.rows)

    def _asks_start(self) -> bool:
        """Tell whether the dialog is open: the draft is stored."""
        return self._place.screen.window.open_dialog() is not None

    def _labels(self) -> Iterator[str]:
        """Show the shelf labels that are due, and what stands on labels."""
        self._hand.press("go-labels")
        self._hand.wait(self._sees_label, "the label's picture")
        yield "office_labels"
        self._hand.press("labelForms")
        yield "office_labels_forms"
        self._hand.press("labelForms")
        self._hand.press("segment-labelTabs-goods")
        self._hand.scan(_COLA)
        self._hand.press("labelCount+10")
        self._hand.press("segment-labelUses-item")
        self._hand.wait(self._sees_label, "the label's picture")
        yield "office_labels_goods"
        self._hand.press("labelRemove")

    def _markdown(self) -> Iterator[str]:
        """Mark rice balls down, and show the ladder that says how much."""
        service = self._place.till.counter.markdown
        rungs = (
            Rung(2, 0, Percentage.parse("20")),
            Rung(1, 0, Percentage.parse("30")),
            Rung(0, 19 * 60, Percentage.parse("50")),
        )
        ladder = Ladder("", 0, rungs, Percentage.parse("5"))
        self._place.screen.work.upkeep.catalog_change(service.put(ladder))()
        self._hand.press("go-markdown")
        for code in (_RICE_BALL, _RICE_BALL, _YOGHURT):
            self._hand.scan(code)
            self._hand.press("act-day_1")
        yield "office_markdown"
        self._hand.press("segment-markdownViews-ladders")
        yield "office_markdown_ladders"
        self._hand.press("segment-markdownViews-pieces")

    def _programme(self) -> Iterator[str]:
        """Look at what sales earn, at points as they are used, and at a new tier."""
        self._hand.press("go-programme")
        part = self._office.part
        part.on_row("earn")  # type: ignore[union-attr]
        part.on_edited("earn_on", "1")  # type: ignore[union-attr]
        yield "office_programme"
        part.throw_away()  # type: ignore[union-attr]
        part.on_view("tiers")  # type: ignore[union-attr]
        yield "office_programme_tiers"
        part.on_view("limits")  # type: ignore[union-attr]
        part.on_row("card")  # type: ignore[union-attr]
        yield "office_programme_limits"
        part.on_view("programme_rules")  # type: ignore[union-attr]

    def _coupons(self) -> Iterator[str]:
        """Make a coupon, a partner and a batch of it, and settle."""
        self._hand.press("go-coupons")
        part = self._office.part
        coupon = {"name": "满 100 减 15", "amount": "15", "threshold": "100"}
        partner = {"name": "隔壁影院", "bears": "50", "fee": "0.30"}
        for view, values in (
            ("coupons", coupon),
            ("partners", partner),
            ("batches", {"count": "20", "note": "开业"}),
        ):
            part.on_view(view)  # type: ignore[union-attr]
            part.on_add()  # type: ignore[union-attr]
            for key, value in values.items():
                part.on_edited(key, value)  # type: ignore[union-attr]
            part.on_save()  # type: ignore[union-attr]
            self._hand.wait(self._is_stored, "what was typed is stored")
        self._hand.wait(self._says_where, "where the codes lie")
        self._frame.forget_words()  # a temporary folder's name is never the same
        yield "office_coupons_batch"
        part.on_view("partners")  # type: ignore[union-attr]
        yield "office_coupons_partner"
        part.on_view("coupons")  # type: ignore[union-attr]
        yield "office_coupons"

    def _is_stored(self) -> bool:
        """Tell whether nothing typed waits for the disk."""
        part = self._office.part
        return not part.is_working and not part.is_dirty  # type: ignore[union-attr]

    def _says_where(self) -> bool:
        """Tell whether the file with the codes was written and named."""
        said = self._frame.state().message
        return said is not None and said.text.endswith(".csv")

    def _sees_label(self) -> bool:
        """Tell whether the label is drawn, on a thread of its own."""
        label = getattr(self._office.part.state, "label", None)  # type: ignore[union-attr]
        return label is not None and bool(label.png)

    def _schedule(self) -> None:
        """Let a price hold for a while and another one come."""
        counter, upkeep = self._place.till.counter, self._place.screen.work.upkeep
        found = counter.sale.look_up(_COLA)
        assert found is not None
        unit_id, now = found.unit.unit_id, counter.desk.clock.now()
        for draft in (
            PriceDraft(unit_id, 250, None, now.plus_seconds(_DAY_S)),
            PriceDraft(unit_id, 350, now.plus_seconds(2 * _DAY_S)),
        ):
            upkeep.catalog_change(counter.prices.schedule(draft))()
        part = self._office.part
        part.on_unit(unit_id)  # type: ignore[union-attr]
