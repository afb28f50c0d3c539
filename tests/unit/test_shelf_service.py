"""Categories and quick keys: arranged as one change, refused in words, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.item import Category
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.catalog_editing import QuickKeyDraft
from pos_app.services.session import ApprovalNeeded
from pos_app.services.shelves import PageChange, ShelfService, numbered
from tests.counter_shop import (
    CASHIER,
    COLA,
    MANAGER,
    TEA,
    manager_shop,
    opened,
    refusal,
    sign_on,
    unit_of,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(manager_shop(tmp_path, "prices", "items"), number=MANAGER) as till:
        yield till


@pytest.fixture
def shelves(till: Till) -> ShelfService:
    return till.counter.shelves


def store(till: Till, change: CatalogChange) -> list[dict[str, object]]:
    with till.editor() as editor:
        notes = editor.change(change.edit)
    return [json.loads(json.dumps(note.body)) for note in notes]


def keys_of(till: Till, page: str = "") -> list[str]:
    desk = till.counter.desk
    return [x.unit.sku for x in desk.catalog.quick_keys(page, desk.clock.now())]


def tile(till: Till, code: str, label: str = "") -> QuickKeyDraft:
    return QuickKeyDraft(0, unit_of(till.counter, code).unit_id, label)


def category(name: str, **more: object) -> Category:
    return replace(Category("", name, (), 0, "food"), **more)


def names(till: Till) -> list[str]:
    return [x.name for x in till.counter.desk.catalog.categories()]


def by_name(till: Till, name: str) -> Category:
    return next(x for x in till.counter.desk.catalog.categories() if x.name == name)


def test_a_page_is_arranged_as_one_change_and_taken_back(till, shelves) -> None:
    first = (tile(till, TEA), tile(till, COLA, "可乐"))
    change = PageChange("", (), first)
    (note,) = store(till, shelves.arrange([change]))
    assert keys_of(till) == ["S1", "S2"]
    assert note["before"] == {"keys": []}
    assert [x["label"] for x in note["after"]["keys"]] == ["", "可乐"]
    (note,) = store(till, shelves.arrange([change.undone]))
    assert keys_of(till) == []
    assert note["after"] == {"keys": []}


def test_an_arrangement_of_other_keys_than_there_are_is_refused(till, shelves) -> None:
    store(till, shelves.arrange([PageChange("", (), (tile(till, TEA),))]))
    late = shelves.arrange([PageChange("", (), (tile(till, COLA),))])
    assert refusal(store, till, late).key == "quick_keys_moved"
    assert keys_of(till) == ["S1"]


def test_several_pages_are_stored_whole_or_not_at_all(till, shelves) -> None:
    store(till, shelves.put_category(category("茶")))
    page = by_name(till, "茶").category_id
    good = PageChange("", (), (tile(till, TEA),))
    bad = PageChange(page, (tile(till, TEA),), ())
    assert refusal(store, till, shelves.arrange([good, bad])).key == "quick_keys_moved"
    assert keys_of(till) == []
    both = [good, PageChange(page, (), (tile(till, TEA),))]
    assert len(store(till, shelves.arrange(both))) == 2
    assert (keys_of(till), keys_of(till, page)) == (["S1"], ["S1"])


def test_what_no_page_can_hold_is_refused(till, shelves) -> None:
    tea = tile(till, TEA)
    for after, key in (
        ((tea, tea), "quick_key_twice"),
        ((replace(tea, label="长" * 25),), "quick_key_label"),
        (tuple(QuickKeyDraft(0, str(n)) for n in range(97)), "quick_keys_full"),
    ):
        change = PageChange("", (), after)
        assert refusal(shelves.arrange, [change]).key == key


def test_positions_follow_the_order() -> None:
    keys = (QuickKeyDraft(7, "a"), QuickKeyDraft(3, "b"))
    assert [x.position for x in numbered(keys)] == [0, 1]


def test_categories_are_added_changed_and_ordered(till, shelves) -> None:
    for name in ("茶", "酒"):
        store(till, shelves.put_category(category(name)))
    tea = by_name(till, "茶")
    changed = replace(tea, names=(("en", "Tea"), ("zh-TW", "")), hue="drinks")
    (note,) = store(till, shelves.put_category(changed))
    assert note["before"] == {"hue": "food", "names": {}}
    assert note["after"] == {"hue": "drinks", "names": {"en": "Tea"}}
    assert by_name(till, "茶").names == (("en", "Tea"),)
    assert store(till, shelves.put_category(by_name(till, "茶"))) == []
    order = [x.category_id for x in till.counter.desk.catalog.categories()]
    (note,) = store(till, shelves.order(order[::-1]))
    assert names(till) == ["酒", "茶"]
    assert note["before"] == {"order": order}
    assert refusal(store, till, shelves.order(order[:1])).key == "category_gone"


def test_a_category_that_cannot_be_is_refused(till, shelves) -> None:
    store(till, shelves.put_category(category("茶")))
    store(till, shelves.put_category(category("酒")))
    tea, wine = by_name(till, "茶"), by_name(till, "酒")
    store(till, shelves.put_category(replace(wine, parent_id=tea.category_id)))
    assert refusal(shelves.put_category, category("  ")).key == "category_name"
    assert refusal(shelves.put_category, category("x", hue="red")).key == "category_hue"
    for wanted, key in (
        (category("茶"), "category_name_taken"),
        (replace(tea, parent_id=wine.category_id), "category_parent"),
        (replace(tea, parent_id=tea.category_id), "category_parent"),
        (category("新", parent_id=wine.category_id), "category_parent"),
        (replace(tea, category_id="gone", name="没了"), "category_gone"),
    ):
        change = shelves.put_category(wanted)
        assert refusal(store, till, change).key == key


def test_a_category_goes_only_when_empty_or_its_items_move(till, shelves) -> None:
    for name in ("茶", "酒"):
        store(till, shelves.put_category(category(name)))
    tea, wine = by_name(till, "茶"), by_name(till, "酒")
    with till.editor() as editor:
        (item,) = editor.items_by_sku(["S1"]).values()
        editor.put_items([replace(item, category_id=tea.category_id)])
    change = shelves.delete(tea.category_id)
    refused = refusal(store, till, change)
    assert (refused.key, refused.params["count"]) == ("category_has_items", 1)
    (note,) = store(till, shelves.delete(tea.category_id, wine.category_id))
    assert (note["after"], note["moved_to"]) == (None, wine.category_id)
    assert names(till) == ["酒"]
    assert unit_of(till.counter, TEA).category_id == wine.category_id
    assert refusal(store, till, shelves.delete(tea.category_id)).key == "category_gone"


def test_a_category_with_others_below_it_stays(till, shelves) -> None:
    store(till, shelves.put_category(category("茶")))
    tea = by_name(till, "茶")
    store(till, shelves.put_category(category("绿茶", parent_id=tea.category_id)))
    change = shelves.delete(tea.category_id)
    assert refusal(store, till, change).key == "category_has_children"


def test_who_may_not_needs_an_approval(till, shelves) -> None:
    sign_on(till.counter, CASHIER)
    for action in (
        lambda: shelves.arrange([]),
        lambda: shelves.put_category(category("茶")),
        lambda: shelves.order([]),
        lambda: shelves.delete("x"),
    ):
        with pytest.raises(ApprovalNeeded):
            action()
