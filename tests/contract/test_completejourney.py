"""Real households' baskets through the counter: members, points, coupons balance."""

from pathlib import Path

import pytest

from tests.journey_baskets import FILE, baskets
from tests.journey_proof import proofs
from tests.journey_shop import opened_shop
from tests.replay_completejourney import replay


@pytest.mark.slow
def test_baskets_of_real_households_balance_to_the_point_and_the_cent(
    tmp_path: Path,
) -> None:
    pytest.importorskip("pyarrow.parquet")
    if not FILE.is_file():
        pytest.skip("the real baskets are not here: no ../shared/data/completejourney")
    found, _left_out = baskets(300)
    with opened_shop(tmp_path, found) as shop:
        shop.prepare()
        replay(shop)
        assert shop.sums.returns > 0
        assert shop.sums.coupons > 0
        wrong = [name for name, is_true in proofs(shop).items() if not is_true]
        assert wrong == []
