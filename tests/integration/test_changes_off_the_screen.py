"""What a person decided on the screen is stored on another thread than the screen's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.counter import Counter
from tests.people_shop import people_shop


def renamed_reason(counter: Counter) -> CatalogChange:
    return counter.reasons.put(replace(counter.reasons.all()[0], name="别的"))


def turned_reasons(counter: Counter) -> CatalogChange:
    return counter.reasons.order([x.key for x in reversed(counter.reasons.all())])


def renamed_tender(counter: Counter) -> CatalogChange:
    return counter.tenders.put(replace(counter.tenders.all()[1], name="别的"))


def renamed_tax(counter: Counter) -> CatalogChange:
    return counter.taxes.rename("standard", "别的")


def renamed_role(counter: Counter) -> CatalogChange:
    return counter.roles.change(replace(counter.roles.all()[0], name="别的"))


@pytest.mark.parametrize(
    "made",
    [renamed_reason, turned_reasons, renamed_tender, renamed_tax, renamed_role],
)
def test_a_change_touches_nothing_of_the_screens_thread(
    tmp_path: Path, made: Callable[[Counter], CatalogChange]
) -> None:
    with people_shop(tmp_path) as shop, ThreadPoolExecutor(1) as other:
        change = shop.upkeep.catalog_change(made(shop.counter))
        assert other.submit(change).result()
