"""Promotions that hold in a shop of the tests, without who wrote and started them."""

from __future__ import annotations

from pos_app.bootstrap import Till
from pos_app.domain.promotion.deal import kind_of
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.values.times import Period, Timestamp

LONG_AGO = Timestamp.parse("2020-01-01T00:00:00Z")


def hold(till: Till, *promotions: Promotion, since: Timestamp = LONG_AGO) -> None:
    """Let promotions hold from then on, as if they had been started."""

    def edit(editor):  # type: ignore[no-untyped-def]
        for one in promotions:
            editor.put_promotion_version(
                PromotionVersion(
                    one.promotion_id,
                    one.version,
                    kind_of(one.deal).value,
                    one.name,
                    promotion_to_text(one),
                    one,
                    since,
                    "",
                )
            )
            editor.put_promotion_run(
                PromotionRun(
                    f"run-{one.promotion_id}-{one.version}",
                    one.promotion_id,
                    one.version,
                    Period(since),
                    "",
                    "",
                    since,
                )
            )
        return ()

    with till.editor() as editor:
        editor.change(edit)
