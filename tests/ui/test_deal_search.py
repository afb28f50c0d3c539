"""A long search beside the screen: painted when it is known, and only then."""

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import Till
from pos_app.services import open_sale
from tests.builders_promotions import everything, nth, percent, promotion
from tests.counter_shop import COLA, TEA, fresh_shop, opened
from tests.promotion_in_shop import hold
from ui.deal_search import DealSearch
from ui.tasks import TaskRunner


@pytest.fixture
def till(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    monkeypatch.setattr(open_sale, "FRAME_SEARCH", 0)
    with opened(fresh_shop(tmp_path)) as found:
        hold(
            found,
            promotion(nth(everything(), 2, percent("50")), "half"),
            promotion(nth(everything(), 3, percent("100")), "third"),
        )
        for code, count in ((TEA, 3), (COLA, 4)):
            found.counter.sale.scan(code, Decimal(count))
        yield found


def test_the_end_of_the_search_is_painted(qapp: QApplication, till: Till) -> None:
    keeper, runner, parent = till.counter.sale.keeper, TaskRunner(1), QObject()
    search = DealSearch(till.counter, runner, parent)
    painted: list[bool] = []
    search.found.connect(lambda: painted.append(keeper.is_rough))
    assert keeper.is_rough
    search.go_on()
    till.counter.sale.scan(TEA)  # the basket has changed: its own search follows
    end = time.monotonic() + 60
    while not painted and time.monotonic() < end:
        qapp.processEvents()
    runner.close()
    assert painted == [False]
    priced = till.counter.sale.priced
    assert priced is not None
    assert priced.promoted.is_optimal
