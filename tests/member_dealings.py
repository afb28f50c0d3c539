"""What customers do beside buying: value, points, coupons, being one or two, waiting."""

from __future__ import annotations

from pos_app.services.member_merge import MergeReason
from pos_app.services.value_view import ValueMoney
from tests.counter_shop import query
from tests.member_pockets import Pockets
from tests.member_shop import WORTH


class Dealings(Pockets):
    """What customers are sold and given, who they are, and time that passes."""

    # ------------------------------------------------------ value, points, coupons

    def top_up(self, who: int, much: int) -> None:
        service, money = self.counter.stored_value, (ValueMoney("cash"),)
        minor = much * 100
        done = service.top_up(self.ids[who], minor, money, print_slip=False)
        self.value_moved(done.result())

    def sell_card(self, _who: int, much: int) -> None:
        code = f"GIFT-0000-{len(self.cards):04}"
        service, money = self.counter.stored_value, (ValueMoney("cash"),)
        done = service.sell_gift_card(code, much * 10, money, print_slip=False)
        self.value_moved(done.result())
        self.cards.append(code)

    def refund_value(self, who: int, much: int) -> None:
        """Have some of a top-up paid back."""
        service = self.counter.stored_value
        accounts = [x.account_id for x in service.wallets(self.ids[who])]
        accounts += [service.gift_card(code).account_id for code in self.cards[who::3]]
        for account in accounts:
            for lot in service.lots(account)[:1]:
                minor = min(lot.left_minor, much * 50)
                refund = service.refund_top_up
                done = refund(account, lot.lot_id, minor, print_slip=False)
                self.value_moved(done.result())

    def adjust(self, who: int, much: int) -> None:
        points = much * 10 if much % 4 else -much * 10
        adjust = self.counter.points.adjust
        self._approved(adjust, self.ids[who], points, "goodwill").result()
        self.gifts += points

    def give_coupon(self, who: int, much: int) -> None:
        name = list(WORTH)[much % 3]
        template = self.templates[name].template_id
        member = self.ids[who] if name == "whole" else ""
        given = self.counter.coupon_office.give(template, member).result()
        if given.code:
            self.codes.append(given.code)

    def coupon_for_points(self, _who: int, _much: int) -> None:
        template = self.templates["whole"].template_id
        given = self.counter.coupons.redeem_points(template).result()
        self.bought_coupons.add(given.coupon_id)

    def revoke(self, who: int, much: int) -> None:
        rows = query(self.till, "SELECT coupon_id FROM coupon ORDER BY coupon_id")
        if rows and much % 5 == 0:
            office = self.counter.coupon_office
            office.revoke(rows[who % len(rows)][0], "stolen").result()

    def here(self, who: int, _much: int) -> None:
        self.counter.campaigns.here(self.ids[who]).result()

    def tried_on(self, who: int, _much: int) -> None:
        self.counter.campaigns.tried_on(self.ids[who]).result()

    def refer(self, who: int, much: int) -> None:
        self.counter.campaigns.refer(self.ids[who], self.ids[much % 3]).result()

    # --------------------------------------------------------- people, time, till

    def unite(self, who: int, much: int) -> None:
        merging = self.counter.member_admin.merging
        other = self.ids[(who + 1 + much % 2) % 3]
        done = merging.merge(self.ids[who], other, MergeReason.SAME_PERSON)
        self.merges.append(done.result().merge_id)

    def part(self, who: int, _much: int) -> None:
        if self.merges:
            merge_id = self.merges.pop(who % len(self.merges))
            self.counter.member_admin.merging.undo(merge_id).result()

    def seconds(self, _who: int, much: int) -> None:
        self.clock.set(self.clock.now().plus_seconds(much * 7))

    def days(self, who: int, much: int) -> None:
        hours = (who + 1) * (much % 12)
        self.clock.set(self.clock.now().plus_seconds(hours * 6 * 3600))

    def night(self, _who: int, _much: int) -> None:
        due = self.counter.night.due()
        if due is not None:
            self.counter.night.run(due)
