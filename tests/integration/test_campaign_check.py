"""The doctor finds a gift that nobody journalled, counted, or could afford."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Till
from pos_app.persistence.checks.campaign_check import CAMPAIGN_RULES
from tests.builders_campaigns import plant_campaigns
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, opened, prove, query

RULES = {each.key: each.query for each in CAMPAIGN_RULES}

STRANGER = (
    "INSERT INTO reward_given SELECT 'x', rule_id, version, member_id, at_ms, "
    "business_day, 0, 100, '[]', '[]' FROM reward_given LIMIT 1"
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path), number=MANAGER) as found:
        plant_campaigns(found)
        yield found


def spoil(till: Till, statement: str) -> set[str]:
    """Change the ledger past everything; return which rules then find something."""
    till.ledger.flush()
    with till.ledger._writer.connect() as connection:
        connection.execute(text(statement))
        found = {
            key for key, rule in RULES.items() if connection.execute(text(rule)).all()
        }
        connection.rollback()
    return found


def test_a_sound_ledger_has_no_finding(till: Till) -> None:
    prove(till)
    assert {key: query(till, rule) for key, rule in RULES.items()} == {
        key: [] for key in RULES
    }


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE reward_balance SET given = given + 1", {"reward_balance_differs"}),
        ("DELETE FROM reward_balance", {"reward_balance_differs"}),
        (STRANGER, {"reward_balance_differs", "reward_journal_differs"}),
    ],
)
def test_each_fault_is_found_by_its_rule(
    till: Till, statement: str, found: set[str]
) -> None:
    assert spoil(till, statement) == found


def test_a_gift_above_the_budget_is_found(till: Till) -> None:
    till.ledger.flush()
    with till.ledger._writer.connect() as connection:
        connection.execute(
            text("INSERT INTO reward_rule VALUES ('r', 1, '', '', :rule, 0, '')"),
            {"rule": '{"budget_minor":10}'},
        )
        for number in range(2):
            connection.execute(
                text(
                    "INSERT INTO reward_given VALUES (:key, 'r', 1, 'm', 0, "
                    "'2026-01-01', 6, 100, '[]', '[]')"
                ),
                {"key": f"k{number}"},
            )
        rows = connection.execute(text(RULES["reward_over_budget"])).all()
        connection.rollback()
    assert rows == [("r",)]
