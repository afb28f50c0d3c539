"""What a return of a line does beside the money: to its coupons and its points."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain.coupon.template import ReturnPolicy, Template
from pos_app.domain.loyalty.burning import points_by_line
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.promotion import Layer
from pos_app.i18n import Words
from ui.format import money
from ui.presenters.why_facts import Explained
from ui.presenters.workplace import Workplace


def coming_back(
    work: Workplace, whole: Explained, line: PricedLine, words: Words
) -> tuple[str, ...]:
    """Say what comes back with a line beside its money, one sentence each."""
    return (
        *_points(work, whole, line, words),
        *_coupons(work, whole, line, words),
    )


def _points(
    work: Workplace, whole: Explained, line: PricedLine, words: Words
) -> Iterator[str]:
    if whole.basket.shopper is None:
        return
    for used in whole.priced.promoted.applications:
        if used.layer is Layer.POINTS:
            points = points_by_line(used).get(line.line_id, 0)
            if points:
                yield words.plural(
                    "{count} point comes back", "{count} points come back", points
                )
    if work.counter.points.will_earn() and line.total_minor:
        yield words("points earned with it go again")


def _coupons(
    work: Workplace, whole: Explained, line: PricedLine, words: Words
) -> Iterator[str]:
    for used in whole.priced.promoted.applications:
        saving = sum(x.saving_minor for x in used.claims if x.line_id == line.line_id)
        if used.layer is not Layer.COUPON or not saving:
            continue
        name = used.name_in(words.language)
        template = _template(work, used)
        policy = template.return_policy if template else ReturnPolicy.NEVER
        if policy is ReturnPolicy.RESTORE_IF_ALL:
            yield words(
                "“{coupon}” comes back once all its goods are back", coupon=name
            )
        elif policy is ReturnPolicy.NEVER:
            yield words("“{coupon}” stays used", coupon=name)
        else:
            share = money(saving, work.currency)
            yield words(
                "{amount} of “{coupon}” comes back as a coupon",
                amount=share,
                coupon=name,
            )


def _template(work: Workplace, used: Application) -> Template | None:
    """Return what a used coupon promised when it was given."""
    coupons = work.counter.desk.ledger.coupons
    known = coupons.coupon(used.coupon_id)
    if known is not None:
        return coupons.template(known.issued.template_id, known.issued.template_version)
    basket = work.counter.sale.basket
    shown = basket.coupons if basket else ()
    ids = (x.template_id for x in shown if x.coupon_id == used.coupon_id)
    return coupons.template(next(ids, ""))
