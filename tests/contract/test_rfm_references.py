"""RFM scores equal to published rows: summed by our ledger, cut by our rule.

Source: the readme of the R package `rfm` (rsquaredacademy/rfm@297ed8b3, MIT), its
orders and five of its rows; amounts are whole numbers there, and minor units here.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.campaign.rfm import RfmCuts
from pos_app.ports.segments import Measure
from tests.builders_segments import ledger_with, sale_row

#: The package's words for our groups.
WORDS = {
    "Champions": "champions",
    "Potential Loyalist": "potential_loyalist",
    "Loyal Customers": "loyal",
    "Promising": "promising",
    "New Customers": "new",
    "Can't Lose Them": "cant_lose",
    "At Risk": "at_risk",
    "Need Attention": "need_attention",
    "About To Sleep": "about_to_sleep",
    "Lost": "lost",
}


@pytest.fixture(scope="module")
def published(shared_folder: Path) -> Path:
    folder = shared_folder / "data" / "rfm_clv_forecast_refs"
    if not folder.is_dir():
        pytest.skip("the published rows are not here: ../shared/data/rfm_clv_…")
    return folder


@pytest.fixture(scope="module")
def said(published: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (published / "rfm_pkg_published.json").read_text("utf-8")
    )
    return found


@pytest.fixture(scope="module")
def scored(
    published: Path, said: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Score all 995 customers through a ledger that has their 4,906 orders."""
    parquet = pytest.importorskip("pyarrow.parquet")
    orders = parquet.read_table(published / "rfm_pkg_orders.parquet").to_pylist()
    sales = (
        sale_row(
            f"s{number}",
            order["customer_id"],
            order["order_date"].date(),
            int(order["revenue"]),
        )
        for number, order in enumerate(orders)
    )
    today = date.fromisoformat(said["analysis_date"])
    with ledger_with(tmp_path_factory.mktemp("rfm"), sales) as ledger:
        everybody = ledger.campaigns.bought(Measure())
    cuts = RfmCuts.of(everybody, today)
    return {x.member_id: (x, cuts.score(x, today), x.days(today)) for x in everybody}


def test_every_customer_is_scored(scored: dict[str, Any], said: dict[str, Any]) -> None:
    assert len(scored) == said["customers"]


def test_the_published_rows_are_ours(
    scored: dict[str, Any], said: dict[str, Any]
) -> None:
    rows = said["published_rows"]
    assert len(rows) == 5
    for name, row in rows.items():
        bought, score, days = scored[name]
        assert days == row["recency_days"]
        assert bought.visits == row["transaction_count"]
        assert bought.spend_minor == row["amount"]
        assert score.recency == row["recency_score"]
        assert score.number == row["rfm_score"]
        assert score.group == WORDS[row["segment"]]


def test_the_groups_are_those_that_were_published(said: dict[str, Any]) -> None:
    from pos_app.domain.campaign.rfm import GROUPS

    theirs = [
        (WORDS[x["name"]], tuple((x[key][0], x[key][1]) for key in "RFM"))
        for x in said["segments"]
    ]
    assert theirs == [(group.value, ranges) for group, ranges in GROUPS]
