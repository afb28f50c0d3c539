"""Whatever is edited: a barcode has one owner, and the notes tell the whole story."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.errors import UserError
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.item_listing import ItemQuery
from pos_app.services.item_form import CodeForm, ItemForm
from pos_app.services.item_note import UNIT, item_plain, prices_plain
from pos_app.services.item_save import ItemSave, Seen
from pos_app.services.replay import ReplayClock
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.gs1.gtin import barcode_key
from tests.counter_shop import MANAGER, NOON, SETUP, make_counter_shop, opened

CODES = tuple(
    payload + check_digit(payload) for payload in (f"69700000{n:04d}" for n in range(6))
)
edits = st.lists(
    st.tuples(
        st.sampled_from(["add", "code", "move", "uncode", "price", "name", "unit"])
        | st.sampled_from(["unit_off", "retire", "delete", "variants", "stale"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=14,
)


@cache
def template() -> Path:
    """Return a shop without items whose manager may change everything; made once."""
    setup = json.loads(json.dumps(SETUP))
    setup["items"] = []
    for role in setup["roles"]:
        role["permissions"] = [*role["permissions"], "items", "prices"]
    folder = Path(tempfile.mkdtemp(prefix="guitai-edits-")) / "shop"
    return make_counter_shop(folder, setup).root


class Editor:
    """Somebody who edits items without looking twice."""

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        self.till, self.clock = till, clock
        self.desk = till.counter.desk
        self.items, self.new = till.counter.items, till.counter.new_items

    def rows(self) -> list[str]:
        page = self.desk.catalog.listing.page(ItemQuery(), self.clock.now(), None, 500)
        return [row.item_id for row in page.rows]

    def store(self, change: CatalogChange) -> None:
        with self.till.editor() as editor:
            for note in editor.change(change.edit):
                body = dict(note.body)
                self.desk.record(
                    lambda unit, note=note, body=body: unit.append(
                        note.kind, body, change.stamp
                    )
                ).result()
                editor.notes.drop(note.note_id)

    def owner(self, code: str) -> str:
        return self.desk.catalog.listing.id_of_code(code) or ""

    def do(self, what: str, which: int, number: int) -> None:
        self.clock.tick()
        rows = self.rows()
        if what == "add" or not rows:
            form = self.new.blank(CODES[number])
            unit = replace(form.units[0], price=f"{which}.50")
            self._save(replace(form, name=f"goods {which}", units=(unit,)), None)
            return
        seen = self.items.seen(rows[which % len(rows)])
        assert seen is not None
        if what in {"retire", "delete", "variants"}:
            self._whole(what, seen, number)
            return
        form = self._typed(what, self.items.form(seen.item), number)
        if what == "stale":
            self._save(replace(form, spec=f"newer {number} {which}"), seen)
        self._save(form, seen)

    def _whole(self, what: str, seen: Seen, number: int) -> None:
        if what == "retire":
            is_active = not seen.item.is_active
            self.store(self.items.set_active(seen, is_active=is_active))
        elif what == "delete":
            self.store(self.items.delete(seen))
        else:
            self.store(self.items.add_variants(seen, [["S", "M"][: number % 3]]))

    def _save(self, form: ItemForm, seen: Seen | None) -> None:
        self.store(self.items.save(ItemSave(form, seen, allows_free=True)))

    def _typed(self, what: str, form: ItemForm, number: int) -> ItemForm:
        first, code = form.units[0], CODES[number]
        match what:
            case "code":
                first = replace(first, codes=(*first.codes, CodeForm(code)))
            case "move":
                owner = self.owner(code)
                taken = "" if owner == form.item_id else owner
                first = replace(first, codes=(*first.codes, CodeForm(code, taken)))
            case "uncode":
                first = replace(first, codes=first.codes[1:])
            case "price":
                first = replace(first, price=f"{number}.00")
            case "unit":
                box = replace(self.new.unit(), pieces=str(number + 2))
                return replace(form, units=(*form.units, box))
            case "unit_off":
                return replace(form, units=form.units[: 1 + number])
            case _:
                return replace(form, name=f"called {number}")
        return replace(form, units=(first, *form.units[1:]))


def replayed(bodies: list[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Return what the notes say there is: item -> its fields, prices by unit."""
    items: dict[str, dict[str, Any]] = {}
    prices: dict[str, dict[str, Any]] = {}
    for kind, body in bodies:
        if kind == "PriceChanged":
            target = prices.setdefault(body["unit_id"], {})
        else:
            target = items.setdefault(body["item_id"], {})
        before, after = body["before"] or {}, body["after"] or {}
        for key, value in before.items():
            assert target.get(key) == value, (kind, key)
            if key not in after:
                del target[key]
        assert not (set(after) - set(before)) & set(target)
        target.update(after)
    found = {}
    for item_id, fields in items.items():
        if fields:
            units = [key for key in fields if key.startswith(UNIT)]
            rows = {key: prices.get(key.removeprefix(UNIT), {}) for key in units}
            found[item_id] = {"fields": fields, "prices": rows}
    return found


def present(editor: Editor) -> dict[str, dict[str, Any]]:
    """Return what there is."""
    found = {}
    for item_id in editor.rows():
        seen = editor.items.seen(item_id)
        assert seen is not None
        rows = {UNIT + x.unit_id: prices_plain(x) for x in seen.item.units}
        fields = item_plain(seen.item, seen.digest)
        found[item_id] = {"fields": json.loads(json.dumps(fields)), "prices": rows}
    return found


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that hold something: None and nothing at all are the same."""
    return {key: value for key, value in fields.items() if value is not None}


def refused(editor: Editor, step: tuple[str, int, int]) -> str:
    """Make one edit; return why it was refused, "" when it was made."""
    try:
        editor.do(*step)
    except UserError as error:
        return error.key
    return ""


@settings(max_examples=12, deadline=None)
@given(edits)
def test_any_edits_leave_one_owner_for_each_barcode_and_notes_that_replay(
    steps,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "shop"
        shutil.copytree(template(), root)
        clock = ReplayClock(NOON)
        with opened(ShopFolder(root), clock, number=MANAGER) as till:
            editor = Editor(till, clock)
            for step in steps:
                key = refused(editor, step)
                assert key in REFUSED
            owners = Counter(
                barcode_key(code)
                for item_id in editor.rows()
                for unit in editor.items.seen(item_id).item.units
                for code in unit.barcodes
            )
            assert set(owners.values()) <= {1}
            till.ledger.flush()
            with till.ledger.read_engine.begin() as connection:
                entries = list(journal_rows.entries(connection))
            bodies = [
                (entry.kind.value, json.loads(entry.canonical)["body"])
                for entry in entries
                if entry.kind.value in {"ItemChanged", "PriceChanged"}
            ]
            told, there = replayed(bodies), present(editor)
            assert set(told) == set(there)
            for item_id, item in there.items():
                assert said(told[item_id]["fields"]) == said(item["fields"])
                assert told[item_id]["prices"] == item["prices"]


REFUSED = {
    "",
    "barcode_taken",
    "barcode_twice",
    "item_changed_meanwhile",
    "item_has_variants",
    "variants_missing",
}
