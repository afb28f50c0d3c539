"""What is deducted before money is taken: coupons and points of the customer (04)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.loyalty.burning import BurnAs, BurnBound
from pos_app.errors import UserError
from pos_app.i18n import _, current_language, plural
from ui.format import amount
from ui.presenters.entry import Entry
from ui.presenters.member_said import bound_words, points_words
from ui.presenters.payment_state import DeductView
from ui.presenters.value_pay import ValuePay
from ui.presenters.workplace import Workplace

COUPONS, POINTS = "coupons", "points"


@dataclass(frozen=True, slots=True)
class PointsTyping:
    """The pad types how many points are to be used; None of it while it does not."""

    is_on: bool = False
    entry: Entry = Entry(takes_times=False)  # noqa: RUF009 - frozen value


class Deductions:
    """Reads coupons and points of the open sale; keeps nothing."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self.value = ValuePay(work)

    def rows(self, typing: PointsTyping) -> tuple[DeductView, ...]:
        """Return the rows; none for what the customer does not have."""
        own = (self._coupons(), self._points(typing))
        found = tuple(row for row in own if row is not None)
        return (*found, *self.value.rows())

    def _coupons(self) -> DeductView | None:
        offers = self._work.counter.coupons.usable(current_language())
        used = [one for one in offers if one.is_used]
        best = set(self._work.counter.coupons.best())
        good = [one for one in offers if one.coupon_id in best]
        if used:
            saved = sum(one.saves_minor for one in used)
            names = " + ".join(one.name for one in used)
            more = len([one for one in offers if not one.why_not]) - len(used)
            left = plural("{count} more usable", "{count} more usable", more)
            return DeductView(
                COUPONS,
                names,
                "ticket",
                left if more > 0 else "",
                amount(-saved, self._work.currency),
                action=_("Undo"),
                other=_("Choose") if more > 0 else "",
                is_used=True,
            )
        if not good:
            return None
        saved = sum(one.saves_minor for one in good)
        return DeductView(
            COUPONS,
            " + ".join(one.name for one in good),
            "ticket",
            plural("{count} coupon", "{count} coupons", len(good)),
            action=_("Use {amount}", amount=amount(-saved, self._work.currency)),
            other=_("Choose") if len(offers) > 1 else "",
        )

    def _points(self, typing: PointsTyping) -> DeductView | None:
        counter = self._work.counter
        glance, burn = counter.members.current, counter.points.programme.burn
        if glance is None or burn is None:
            return None
        standing = counter.points.standing(glance.member_id)
        if standing.active <= 0:
            return None
        rate = _(
            "{points} = {amount}",
            points=points_words(burn.step_points),
            amount=amount(burn.step_minor, self._work.currency),
        )
        given = counter.points.given
        if given is not None:
            left = _("{points} left", points=f"{standing.active - given.points:,}")
            return DeductView(
                POINTS,
                points_words(given.points),
                "coins",
                f"{left} · {rate}",
                amount(-given.amount_minor, self._work.currency),
                action=_("Undo"),
                other=_("Other amount"),
                is_used=True,
                is_typing=typing.is_on,
            )
        most = counter.points.burnable()
        if not most.burn.points:
            why = self._why_none(most.bound)
            title = _("Points {points}", points=f"{standing.active:,}")
            return DeductView(POINTS, title, "coins", why)
        why, points = bound_words(most.bound), points_words(most.burn.points)
        return DeductView(
            POINTS,
            _("Points {points}", points=f"{standing.active:,}"),
            "coins",
            " · ".join((points, why or rate)),
            action=_(
                "Use {amount}",
                amount=amount(-most.burn.amount_minor, self._work.currency),
            ),
            other=_("Other amount"),
            is_typing=typing.is_on,
        )

    def _why_none(self, bound: BurnBound) -> str:
        """Say why no points can be used now: too few, or not proven enough."""
        refusal = self._work.counter.points.refusal()
        if refusal is not None:
            return _("Code, typed phone or PIN first")
        return bound_words(bound)

    @property
    def are_points_money(self) -> bool:
        """Tell whether points pay as money does, and not as a discount."""
        burn = self._work.counter.points.programme.burn
        return burn is not None and burn.burn_as is BurnAs.TENDER

    def hint(self) -> str:
        """Say what the pad types while points are typed."""
        most = self._work.counter.points.burnable()
        return _("Points, at most {points}", points=f"{most.burn.points:,}")

    def earns(self) -> str:
        """Say how many points the sale earns; "" where none are earned."""
        counter = self._work.counter
        programme, basket = counter.points.programme, counter.sale.basket
        if programme.earn is None or basket is None or basket.recognition is None:
            return ""
        points = f"{counter.points.will_earn():,}"
        return _("Earns {points} points", points=points)

    @staticmethod
    def points_of(text: str) -> int:
        """Read how many points are typed.

        Raises:
            UserError: "points_not_whole".
        """
        if not text.isdigit() or int(text) == 0:
            raise UserError("points_not_whole")
        return int(text)
