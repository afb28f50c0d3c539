"""Tenders that are paid from a ledger of the shop's own; no list of the shop has them."""

from __future__ import annotations

from pos_app.domain.tender import TenderKind, TenderType

STORED_VALUE_KEY = "stored_value"
GIFT_CARD_KEY = "gift_card"
POINTS_KEY = "points"


def _tender(
    kind: TenderKind, name: str, names: tuple[tuple[str, str], ...]
) -> TenderType:
    return TenderType(
        key=kind.value,
        name=name,
        names=names,
        kind=kind,
        opens_drawer=False,
        gives_change=False,
        asks_reference=False,
        position=1000,
    )


#: Which the shop's own list of tenders is followed by, wherever one is named.
LEDGER_TENDERS = (
    _tender(
        TenderKind.STORED_VALUE,
        "Stored value",
        (("en", "Stored value"), ("zh-CN", "储值"), ("zh-TW", "儲值金")),
    ),
    _tender(
        TenderKind.GIFT_CARD,
        "Gift card",
        (("en", "Gift card"), ("zh-CN", "礼品卡"), ("zh-TW", "禮物卡")),
    ),
    _tender(
        TenderKind.POINTS,
        "Points",
        (("en", "Points"), ("zh-CN", "积分"), ("zh-TW", "點數")),
    ),
)
