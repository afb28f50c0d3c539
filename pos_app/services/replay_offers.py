"""Replays what customers and cashiers say to promotions."""

from __future__ import annotations

from typing import Any

from pos_app.domain.offer_intents import ShowCoupon, TakeBackCoupon
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.errors import UserError
from pos_app.services import replay_offer_commands as commands
from pos_app.services.counter import Counter
from pos_app.services.coupon_loose import take_in
from pos_app.services.replay_documents import Step


class OfferReplay:
    """The steps of coupons and promotions."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def steps(self) -> dict[type[Any], Step]:
        """Return which command does what."""
        return {
            commands.CouponCommand: self._coupon,
            commands.PromotionCommand: self._promotion,
        }

    def _coupon(self, command: commands.CouponCommand) -> None:
        coupons = self._counter.coupons
        if command.take_back:
            self._counter.sale.accept(TakeBackCoupon(command.id))
            return
        if command.best:
            coupons.use_best()
            return
        if command.code:
            coupons.show(command.code)
            return
        if not command.promotion:
            coupons.use(command.id)
            return
        unlocks = self._named(command.promotion)
        for promotion in self._counter.sale.offers.book.promotions:
            if promotion.promotion_id == unlocks:
                take_in(self._counter.desk, command.id, promotion).result()
        coupon = CouponInHand(command.id, unlocks, command.chosen)
        self._counter.sale.accept(ShowCoupon(coupon))

    def _promotion(self, command: commands.PromotionCommand) -> None:
        choice, promotion_id = self._counter.offer_choice, self._named(command.name)
        if command.what == "decline":
            choice.decline(promotion_id, command.reason)
        elif command.what == "restore":
            choice.restore(promotion_id)
        else:
            choice.choose(promotion_id)

    def _named(self, text: str) -> str:
        """Return the id of a promotion that the open sale may have."""
        sale = self._counter.sale
        if sale.current is None:
            raise UserError("basket_empty")
        for promotion in sale.offers.book.promotions:
            if text in (promotion.promotion_id, promotion.name):
                return promotion.promotion_id
        raise UserError("promotion_gone")
