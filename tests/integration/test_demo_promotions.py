"""The sample shop's promotions: what runs, what waits as a draft, and that it is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap import Options, Till, create_shop, demo_setup
from pos_app.domain.promotion.deal import kind_of
from pos_app.errors import UserError
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.promotions import PromotionState
from pos_app.services.setup_file import PromotionPart, SetupFile


def test_the_sample_shop_shows_every_kind_and_none_that_runs_is_below_cost(
    tmp_path: Path,
) -> None:
    folder = ShopFolder(tmp_path / "shop")
    create_shop(folder, demo_setup(), FileKeyStore(folder.root))
    with Till(folder, Options(with_printer=False)) as till:
        promotions = till.counter.promotions
        listed = promotions.list()
        states = [x.state for x in listed]
        assert states.count(PromotionState.ACTIVE) == 7
        assert states.count(PromotionState.DRAFT) == 3
        kinds = {kind_of(x.promotion.deal).value for x in listed if x.promotion}
        assert kinds == {"unit", "tier", "nth", "nfor", "bundle", "gift", "spend"}
        assert len(promotions.active().promotions) == 7
        for each in listed:
            assert each.promotion is not None
            assert dict(each.promotion.names).keys() == {"zh-TW", "en"}
            found = {x.key for x in promotions.doubts(each.promotion)}
            expected = {"promotion_doubt_never_ends", "promotion_doubt_nobody"}
            if each.state is PromotionState.DRAFT:  # the editor shows its warning
                expected.add("promotion_doubt_below_cost")
            assert found <= expected, each.name


@pytest.mark.parametrize(
    "part",
    [
        PromotionPart(promotion={"name": "空", "deal": {"kind": "unit"}}),
        PromotionPart(promotion={"name": "?", "deal": {"kind": "auction"}}),
        PromotionPart(
            promotion={
                "name": "买一送一",
                "deal": {
                    "kind": "nth",
                    "goods": "everything",
                    "every": 2,
                    "cheapest": 1,
                    "off": {"percentage": "100%"},
                },
            },
            since="yesterday",
        ),
    ],
)
def test_a_set_up_file_with_a_promotion_that_makes_no_sense_is_refused(
    part: PromotionPart, tmp_path: Path
) -> None:
    folder = ShopFolder(tmp_path / "shop")
    setup = SetupFile().model_copy(update={"promotions": (part,)})
    with pytest.raises(UserError) as refused:
        create_shop(folder, setup, FileKeyStore(folder.root))
    assert refused.value.key == "setup_unreadable"
    assert refused.value.params["place"] == "promotions.0"
