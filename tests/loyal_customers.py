"""Customers of a whole day's shop: known by any means, enrolled, merged and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeAlias

from typing_extensions import override

from pos_app.bootstrap import Till
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.loyalty.burning import BurnAs
from pos_app.domain.member.card_code import write_card
from pos_app.domain.member.recognition import Means
from pos_app.domain.permission import Permission
from pos_app.domain.sale import Sale
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.coupon_batches import BatchOrder
from pos_app.services.member_admin import MemberAdmin
from pos_app.services.members import EnrolDraft
from pos_app.services.replay import ReplayClock
from tests.builders_counter_members import member_of
from tests.builders_day import CASHIER, MANAGER, day_shop
from tests.builders_points import bring
from tests.counter_shop import query
from tests.member_customers import Customers
from tests.member_shop import ONCE, PHONES, PIN, SHARED, phone_of, rules
from tests.value_till import able

Document: TypeAlias = Sale | ValueDocument | TenderCorrection
#: Numbers that are nobody's at first: three more people, who come and go.
STRANGERS = ("13800000001", "13900000002", "13700000003")
DAY_S = 86_400
SPANS = (DAY_S, 3 * DAY_S, 31 * DAY_S, 100 * DAY_S, 370 * DAY_S)
MOST_CODES = 8


def loyal_shop(folder: Path) -> ShopFolder:
    """Return the day's shop, to bring members into."""
    return day_shop(folder / "shop")


class LoyalCustomers(Customers):
    """Customers who try what one does to be known, to have more, and to be forgotten.

    Attributes:
        on_document: is told of each ticket and document of value.
        has_brought_back: whether a ticket with returned goods ended since it was
            last asked; only then something may be theirs again.
    """

    prices: ClassVar[dict[str, int]] = {"TEA": 333, "BAG": 50, "TEE-M": 12_900}
    helper: ClassVar[str] = MANAGER
    mistake: ClassVar[str] = "sold_wrongly"

    def __init__(
        self,
        till: Till,
        clock: ReplayClock,
        on_document: Callable[[Document], None],
    ) -> None:
        super().__init__(till, clock)
        self.on_document = on_document
        self.has_brought_back = False

    @override
    def sign_on(self) -> None:
        able(self.counter, Permission.REFUND_OTHER_TENDER, number=CASHIER)

    @override
    def booked(self, sale: Sale) -> None:
        super().booked(sale)
        self.has_brought_back |= bool(sale.returns)
        self.on_document(sale)

    @override
    def value_moved(self, done: ValueDocument) -> None:
        super().value_moved(done)
        self.on_document(done)

    @override
    def corrected(self, made: TenderCorrection) -> None:
        self.on_document(made)

    @property
    def admin(self) -> MemberAdmin:
        return self.counter.member_admin

    def points_of_all(self) -> int:
        """Return what all have together, debts below zero."""
        found = query(self.till, "SELECT coalesce(sum(points), 0) FROM point_left")
        return int(found[0][0])

    # ------------------------------------------------------------- being known

    def said(self, who: int, much: int) -> None:
        """Say the number, the last four digits, or type it on one's own side."""
        phone, members = (*PHONES, *STRANGERS)[who + much % 2 * 3], self.counter.members
        if much % 3 == 0:
            members.prove_phone(phone)
        else:
            means = (Means.PHONE_SAID, Means.LAST_FOUR)[much % 2]
            text = phone if much % 3 == 1 else phone[-4:]
            for glance in members.find(text)[:1]:
                members.attach(glance.member_id, means)

    def shown_code(self, who: int, much: int) -> None:
        """Show the rotating code, an old or a copied one, or the static card."""
        member_id, counter = self.ids[who], self.counter
        if much % 4 == 0:
            code = write_card(member_of(counter, member_id).number)
        else:
            off = (0, 0, 1, -3)[much % 4]
            code = phone_of(self.till, member_id).shows(self.clock.now(), off)
        counter.members.attach_code(code)

    def pin(self, _who: int, much: int) -> None:
        """Type the PIN, rarely a wrong one."""
        self.counter.members.prove_pin(PIN if much % 5 else "1357").result()
        self.counter.members.settled()

    # ------------------------------------------------------------ coming and going

    def enrol(self, who: int, much: int) -> None:
        """Become a member, perhaps with a number that was somebody else's."""
        phone = (*STRANGERS, *PHONES)[who + much % 2 * 3]
        friend = PHONES[much % 3] if much % 4 == 0 else ""
        draft = EnrolDraft(
            phone, birthday=(11, 22), referrer=friend, is_reissued=much % 3 == 0
        )
        self._approved(lambda: self._enrolled(draft, who))

    def _enrolled(self, draft: EnrolDraft, who: int) -> None:
        glance = self.counter.members.enrol(draft).result()
        self.ids[who] = glance.member_id
        self.people.append(glance.member_id)
        self.counter.members.settled()

    def new_number(self, who: int, much: int) -> None:
        """Take over a number."""
        phone = (*STRANGERS, *PHONES)[much % 6]
        change = self.admin.means.change_phone
        change(self.ids[who], phone, is_reissued=much % 2 == 0).result()

    def erase(self, who: int, much: int) -> None:
        """Be forgotten, the wallet paid back before; what was owed is let go."""
        if much % 2:
            self._empty(self.ids[who])
        before = self.points_of_all()
        self.admin.erasure.erase(self.ids[who]).result()
        self.till.ledger.flush()
        self.gifts += max(0, self.points_of_all() - before)

    def _empty(self, member_id: str) -> None:
        service = self.counter.stored_value
        for wallet in service.wallets(member_id):
            for lot in service.lots(wallet.account_id):
                if lot.left_minor:
                    refund = service.refund_top_up
                    done = refund(
                        wallet.account_id, lot.lot_id, lot.left_minor, print_slip=False
                    )
                    self.value_moved(done.result())

    # -------------------------------------------------------------------- coupons

    def signed(self, who: int, much: int) -> None:
        """Get signed coupons, which the ledger knows once they are shown."""
        template = self.templates[(SHARED, ONCE)[much % 2]].template_id
        until = self.clock.now().plus_seconds(SPANS[who] * 4)
        made = self.counter.coupon_office.batches.signed(template, 1, until)
        self._keep(made)

    def printed(self, _who: int, much: int) -> None:
        """Get printed coupons of a batch."""
        template = self.templates[(SHARED, ONCE)[much % 2]].template_id
        order = BatchOrder(template, 1 + much % 2, printed=True)
        made = self.counter.coupon_office.batches.making(order)()
        self._keep(tuple(given.code for given in made.coupons))

    def _keep(self, codes: tuple[str, ...]) -> None:
        self.codes = [*self.codes, *codes][-MOST_CODES:]

    def show_twice(self, _who: int, much: int) -> None:
        """Show one code, and then a copy of it."""
        if self.codes:
            code = self.codes[much % len(self.codes)]
            self.counter.coupons.show(code)
            self.counter.coupons.show(code)

    def best_coupons(self, _who: int, _much: int) -> None:
        self.counter.coupons.use_best()

    def claim(self, who: int, much: int) -> None:
        """Put a coupon that was on paper on one's own list."""
        if self.codes:
            code = self.codes[much % len(self.codes)]
            self.counter.coupons.claim(code, self.ids[who]).result()

    # ----------------------------------------------------------------- rules, time

    def new_rules(self, who: int, much: int) -> None:
        """Let the shop decide that points wait, or are given in another way."""
        bring(self.till, rules(list(BurnAs)[much % 2], (0, 1, 14)[who]))

    def months(self, who: int, much: int) -> None:
        """Let days, months or a year go by."""
        seconds = SPANS[(who + much) % len(SPANS)]
        self.clock.set(self.clock.now().plus_seconds(seconds))
