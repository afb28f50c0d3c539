"""A promotion tried on last week's sales, and one that keeps back of a return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.cli.shot_promotions import put_promotions
from pos_app.domain.promotion.deal import NthDeal, Off, kind_of
from pos_app.domain.promotion.promotion import Promotion, ReturnBasis
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period

_EVERYTHING = Selector(ALL_GOODS)
_TEA = "9521010002743"
_FREE = Off(percentage=Percentage(1_000_000))


class DryRunScenes:
    """Plays with an empty till and a manager signed on.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._flow = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._hand.look()
        self._hand.press("tab_office")
        self._hand.press("go-promotions")
        part: Any = self._flow.features.back_office.part
        part.on_template("second")
        draft = part.editor.draft
        part.editor.draft = replace(draft, deal=replace(draft.deal, goods=_EVERYTHING))
        part.follow()
        self._hand.press("promotionDryRun")
        dry_run = part.dry_run
        self._hand.wait(lambda: dry_run.state.table is not None, "the dry run")
        yield "office_promotion_dry_run"
        self._hand.press("dryRun-below")
        yield "office_promotion_dry_run_below"
        self._hand.press("dryRunHeadBack")
        part.throw_away()
        self._hand.press("tab_sale")
        yield from self._kept_back()

    def _kept_back(self) -> Iterator[str]:
        """Sell a pair of which one is free, and take one of them back."""
        bogo = self._started()
        for _ in range(2):
            self._hand.scan(_TEA)
        self._hand.press("quickCash1")
        self._hand.wait(self._is_done, "a sale")
        self._place.await_slips()
        self._hand.press("mainAction")
        sale = self._place.till.ledger.last_sale()
        assert sale is not None
        self._hand.strike("F10")
        self._hand.scan(sale.number)
        returns = self._flow.features.returns
        returns.actions.step("1", 1)
        self._hand.wait(returns.panel.page.title.isVisible, "the reasons")
        self._flow.render_now()
        self._hand.press("returnReason_changed_mind")
        yield "returns_kept_back"
        returns.actions.step("1", -1)
        self._flow.render_now()
        self._hand.press("panelClose")
        put_promotions(self._place, self._run(bogo, is_over=True))

    def _started(self) -> Promotion:
        ids = self._place.till.counter.desk.ids
        names = (("en", "Buy one, get one"), ("zh-TW", "買一送一"))
        bogo = Promotion(
            ids.new(),
            1,
            "买一送一",
            NthDeal(_EVERYTHING, 2, 1, _FREE),
            names,
            return_basis=ReturnBasis.RECOMPUTE,
        )
        now, kind = self._place.till.counter.desk.clock.now(), kind_of(bogo.deal)
        stored = PromotionVersion(
            bogo.promotion_id,
            1,
            kind.value,
            bogo.name,
            promotion_to_text(bogo),
            bogo,
            now,
            "",
        )
        put_promotions(self._place, stored, self._run(bogo))
        return bogo

    def _run(self, promotion: Promotion, *, is_over: bool = False) -> PromotionRun:
        """Return the run; one that is over has never held for what comes."""
        if not is_over:
            now = self._place.till.counter.desk.clock.now()
            self._began, self._run_id = now, self._place.till.counter.desk.ids.new()
        end = self._place.till.counter.desk.clock.now() if is_over else None
        period = Period(self._began, end)
        identity, at = self._run_id, self._began
        return PromotionRun(identity, promotion.promotion_id, 1, period, "", "", at)

    def _is_done(self) -> bool:
        shown = self._flow.window.screen_shown is self._flow.screens.done
        return shown and not self._flow.sale.is_held
