"""The promotions of a set-up file: stored as versions, some of them running."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import UserError
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import Stamp
from pos_app.ports.promotions import PromotionRun
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.promotion_changes import version_of
from pos_app.services.promotion_file import read_promotions
from pos_app.services.promotion_names import EditorNames
from pos_app.services.promotion_terms import FileTerms
from pos_app.services.setup_file import PromotionPart, SetupFile
from pos_app.values.times import Period, Timestamp
from pos_app.values.wall_time import wall_time


def store_promotions(editor: ShopEditor, setup: SetupFile, ids: Ids) -> None:
    """Store the promotions; the items that they are for are there already.

    Raises:
        UserError: "setup_unreadable" with the first place that is wrong.
    """
    zone = ZoneInfo(setup.shop.time_zone)
    terms = FileTerms(EditorNames(editor), setup.shop.currency, zone)
    for position, part in enumerate(setup.promotions):
        promotion = _read(part, terms, f"promotions.{position}")
        made = _since(part, zone, f"promotions.{position}")
        day = (made or Timestamp(0)).at(zone).date()
        stamp = Stamp("", day, made or Timestamp(0))
        if not promotion.promotion_id:
            promotion = replace(promotion, promotion_id=ids.new())
        editor.put_promotion_version(version_of(promotion, stamp))
        if made is not None:
            editor.put_promotion_run(
                PromotionRun(
                    run_id=promotion.promotion_id,  # its first run
                    promotion_id=promotion.promotion_id,
                    version=promotion.version,
                    period=Period(made, None),
                    started_by="",
                    started_approved_by="",
                    made_at=made,
                )
            )


def _read(part: PromotionPart, terms: FileTerms, place: str) -> Promotion:
    found, problems = read_promotions(json.dumps(part.promotion), terms)
    for problem in problems:
        why = f"{problem.error.key} {problem.error.params}"
        raise UserError("setup_unreadable", place=place, why=why)
    (filed,) = found
    if filed.promotion is None:
        raise UserError("setup_unreadable", place=place, why=filed.kind)
    return filed.promotion


def _since(part: PromotionPart, zone: ZoneInfo, place: str) -> Timestamp | None:
    if not part.since:
        return None
    try:
        return wall_time(datetime.fromisoformat(part.since), zone).moment
    except ValueError as error:
        raise UserError("setup_unreadable", place=place, why=part.since) from error
