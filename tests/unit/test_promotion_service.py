"""Promotions written, started, stopped: what holds when, what is refused, what is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli.catalog_session import journal_waiting
from pos_app.domain.permission import Permission
from pos_app.domain.promotion.deal import NthDeal, Off, UnitDeal
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Promotion,
    Schedule,
)
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.promotions import PromotionVersion
from pos_app.services.members import EnrolDraft
from pos_app.services.promotions import PromotionService, PromotionState
from pos_app.services.session import ApprovalNeeded
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.builders_returns import approve
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    NOON,
    SUPERVISOR,
    journal_kinds,
    manager_shop,
    opened,
    sign_on,
)
from tests.counter_shop import refusal as refused

HALF = Off(percentage=Percentage(500_000))
EVERYTHING = Selector(ALL_GOODS)
HOUR = 3600


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(manager_shop(tmp_path, "promotions"), number=MANAGER) as till:
        yield till


@pytest.fixture
def promotions(till: Till) -> PromotionService:
    return till.counter.promotions


def draft(promotions: PromotionService, name: str = "第二件半价") -> Promotion:
    return Promotion(promotions.new_id(), 1, name, NthDeal(EVERYTHING, 2, 1, HALF))


def store(till: Till, change: CatalogChange) -> list[dict[str, object]]:
    with till.editor() as editor:
        notes = editor.change(change.edit)
    return [json.loads(json.dumps(note.body)) for note in notes]


def refusal(action: Callable[[], object]) -> str:
    return refused(action).key


def later(seconds: int) -> Timestamp:
    return NOON.plus_seconds(seconds)


def holding(promotions: PromotionService, seconds: int) -> list[tuple[str, int]]:
    found = promotions.active(later(seconds)).promotions
    return [(x.name, x.version) for x in found]


def state(promotions: PromotionService, promotion_id: str) -> PromotionState:
    found = promotions.get(promotion_id)
    assert found is not None
    return found.state


def test_a_draft_is_written_started_and_stopped_and_each_step_is_told(
    till, promotions
) -> None:
    made = draft(promotions)
    (note,) = store(till, promotions.save_draft(made))
    told = (note["promotion_id"], note["version"], note["what"], note["before"])
    assert told == (made.promotion_id, "1", "draft", None)
    assert note["after"]["deal"]["kind"] == "nth"
    assert state(promotions, made.promotion_id) is PromotionState.DRAFT
    assert holding(promotions, 0) == []
    (note,) = store(till, promotions.start(made.promotion_id, 1))
    assert note["what"] == "start"
    assert note["after"] == {"from": "2026-11-21T04:00:00.000Z", "until": ""}
    assert state(promotions, made.promotion_id) is PromotionState.ACTIVE
    till.options.clock.set(later(HOUR))
    (note,) = store(till, promotions.stop(made.promotion_id))
    assert (note["what"], note["after"]["until"]) == (
        "stop",
        "2026-11-21T05:00:00.000Z",
    )
    assert state(promotions, made.promotion_id) is PromotionState.STOPPED
    assert holding(promotions, HOUR - 1) == [("第二件半价", 1)]
    assert holding(promotions, HOUR) == []


def test_what_was_started_is_never_edited_a_change_is_a_new_version(
    till, promotions
) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    store(till, promotions.save_draft(replace(made, name="买一送一")))
    assert promotions.next_version(made.promotion_id) == 1
    store(till, promotions.start(made.promotion_id, 1))
    assert promotions.next_version(made.promotion_id) == 2
    (note,) = store(till, promotions.save_draft(replace(made, name="第三件")))
    assert (note["version"], note["before"], note["after"]) == (
        "2",
        {"name": "买一送一"},
        {"name": "第三件"},
    )
    found = promotions.get(made.promotion_id)
    assert (found.state, found.version, found.newest) == (
        PromotionState.ACTIVE,
        1,
        2,
    )
    till.options.clock.set(later(60))
    store(till, promotions.start(made.promotion_id, 2))
    assert [holding(promotions, x) for x in (59, 60)] == [
        [("买一送一", 1)],
        [("第三件", 2)],
    ]
    newest, first = promotions.versions(made.promotion_id)
    assert [len(newest.runs), len(first.runs)] == [1, 1]
    assert first.runs[0].period == Period(later(0), later(60))
    assert first.runs[0].stopped_by == newest.runs[0].started_by


def test_the_same_draft_again_is_no_change(till, promotions) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    assert store(till, promotions.save_draft(made)) == []


def test_a_start_to_come_holds_from_its_moment_and_may_be_taken_back(
    till, promotions
) -> None:
    made = draft(promotions)
    key = made.promotion_id
    store(till, promotions.save_draft(made))
    store(till, promotions.start(key, 1, later(HOUR), later(2 * HOUR)))
    assert state(promotions, key) is PromotionState.TO_COME
    times = (HOUR - 1, HOUR, 2 * HOUR - 1, 2 * HOUR)
    assert [len(holding(promotions, x)) for x in times] == [0, 1, 1, 0]
    assert refusal(lambda: store(till, promotions.stop(key))) == "promotion_not_running"
    (note,) = store(till, promotions.unschedule(key))
    assert (note["what"], note["after"]) == ("stop", None)
    assert state(promotions, key) is PromotionState.DRAFT
    assert holding(promotions, HOUR) == []
    store(till, promotions.start(key, 1, later(HOUR), later(2 * HOUR)))
    till.options.clock.set(later(2 * HOUR))
    assert state(promotions, key) is PromotionState.ENDED


def test_what_makes_no_sense_is_refused_with_nothing_stored(till, promotions) -> None:
    made = draft(promotions)
    key = made.promotion_id
    assert refusal(lambda: promotions.save_draft(replace(made, name=" "))) == (
        "promotion_no_name"
    )
    store(till, promotions.save_draft(made))

    def start(**when: Timestamp) -> str:
        return refusal(lambda: store(till, promotions.start(key, 1, **when)))

    assert start(at=later(-1)) == "promotion_start_past"
    assert start(at=later(60), until=later(60)) == "promotion_end_past"
    over = replace(made, schedule=Schedule(Period(None, later(30))))
    store(till, promotions.save_draft(over))
    assert start(at=later(30)) == "promotion_over"
    assert refusal(lambda: store(till, promotions.start(key, 7))) == "promotion_gone"
    store(till, promotions.start(key, 1))
    assert start(at=later(1)) == "promotion_is_running"
    assert refusal(lambda: store(till, promotions.throw_away(key))) == (
        "promotion_is_running"
    )


def test_a_draft_is_thrown_away_and_an_older_version_stays(till, promotions) -> None:
    made = draft(promotions)
    key = made.promotion_id
    store(till, promotions.save_draft(made))
    store(till, promotions.throw_away(key))
    assert promotions.list() == ()
    store(till, promotions.save_draft(made))
    store(till, promotions.start(key, 1))
    store(till, promotions.save_draft(replace(made, name="新")))
    store(till, promotions.throw_away(key))
    assert [x.version.version for x in promotions.versions(key)] == [1]


def test_who_may_not_asks_somebody_and_the_run_says_who_approved(
    till, promotions
) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    shop = till.counter.desk.shop
    policy = replace(shop.policy, four_eyes=(Permission.PROMOTIONS,))
    with till.editor() as editor:
        editor.put_shop(replace(shop, policy=policy))
        (role,) = [x for x in editor.roles() if x.key == "supervisor"]
        may = role.permissions | {Permission.PROMOTIONS}
        editor.put_roles([replace(role, permissions=frozenset(may))])
    store(till, promotions.save_draft(replace(made, name="新")))  # changes no price
    with pytest.raises(ApprovalNeeded) as needed:
        promotions.start(made.promotion_id, 1)
    approve(till.counter, needed.value.demand, SUPERVISOR)
    store(till, promotions.start(made.promotion_id, 1))
    (history,) = promotions.versions(made.promotion_id)
    staff = {x.number: x.staff_id for x in till.counter.desk.catalog.staff()}
    run = history.runs[0]
    assert (run.started_by, run.started_approved_by) == (
        staff[MANAGER],
        staff[SUPERVISOR],
    )
    sign_on(till.counter, CASHIER)
    with pytest.raises(ApprovalNeeded):
        promotions.stop(made.promotion_id)


def test_a_kind_of_a_newer_till_is_listed_and_not_started(till, promotions) -> None:
    text = '{"name":"拍卖","deal":{"kind":"auction"}}'
    strange = PromotionVersion("p9", 1, "auction", "拍卖", text, None, NOON, "")
    with till.editor() as editor:
        editor.put_promotion_version(strange)
    (found,) = promotions.list()
    assert (found.state, found.name, found.kind, found.promotion) == (
        PromotionState.UNKNOWN,
        "拍卖",
        "auction",
        None,
    )
    assert refusal(lambda: store(till, promotions.start("p9", 1))) == (
        "promotion_unknown_kind"
    )


def test_doubts_name_the_goods_and_the_blank(till, promotions) -> None:
    cheap = replace(draft(promotions), deal=UnitDeal(EVERYTHING, Off(price_minor=1)))
    found = {x.key: x for x in promotions.doubts(cheap)}
    assert found["promotion_doubt_never_ends"].blank == "when"
    with till.editor() as editor:
        unit = till.counter.desk.catalog.search("S4", NOON, 1)[0]
        editor.put_cost(unit.unit_id, 30, NOON)
    found = {x.key: x for x in promotions.doubts(cheap, later(60))}
    below = found["promotion_doubt_below_cost"]
    assert (below.params["cost_minor"], below.params["price_minor"]) == (30, 1)
    assert "promotion_doubt_never_ends" not in found


@pytest.mark.parametrize("kind", list(AudienceKind)[1:])
def test_customers_of_whom_there_are_none_are_told(till, promotions, kind) -> None:
    values = ("gold",) if kind in {AudienceKind.TIER, AudienceKind.TAG} else ()
    for_some = replace(draft(promotions), audience=Audience(kind, values))
    found = {x.key: x.blank for x in promotions.doubts(for_some, later(60))}
    # Newcomers come, and a birthday is once a year: nobody counts them beforehand.
    comes = kind in {
        AudienceKind.NEWCOMER,
        AudienceKind.BIRTHDAY,
        AudienceKind.BIRTH_DATE,
    }
    assert found.get("promotion_doubt_nobody") == (None if comes else "audience")


def test_who_is_a_member_is_counted_and_another_shop_is_told(till, promotions) -> None:
    counter, own = till.counter, till.counter.desk.shop.shop_id
    counter.members.enrol(EnrolDraft("13800006217", "林可怡")).result()
    members = replace(draft(promotions), audience=Audience(AudienceKind.MEMBER))
    assert "promotion_doubt_nobody" not in {
        x.key for x in promotions.doubts(members, later(60))
    }
    for stores, channels, is_here in (
        ((own,), ("shop",), True),
        (("x", own), (), True),
        (("x",), (), False),
        ((), ("online",), False),
    ):
        placed = replace(members, stores=stores, channels=channels)
        found = {x.key: x.blank for x in promotions.doubts(placed, later(60))}
        expected = None if is_here else "where"
        assert found.get("promotion_doubt_elsewhere") == expected


KILLED = """
import os, signal, sys
from pathlib import Path
from pos_app.persistence.shop_folder import ShopFolder
from tests.counter_shop import MANAGER, opened
from tests.unit.test_promotion_service import draft
with opened(ShopFolder(Path(sys.argv[1])), number=MANAGER) as till:
    promotions = till.counter.promotions
    made = draft(promotions)
    with till.editor() as editor:
        editor.change(promotions.save_draft(made).edit)
        editor.change(promotions.start(made.promotion_id, 1).edit)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_between_catalogue_and_journal_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    folder = manager_shop(tmp_path, "promotions")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder.root)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    for _start in range(2):
        with opened(folder, number=MANAGER) as till:
            journal_waiting(till, till.counter.desk.stamp())
            kinds = journal_kinds(till)
            assert kinds.count("PromotionChanged") == 2
            assert len(till.counter.promotions.active().promotions) == 1
