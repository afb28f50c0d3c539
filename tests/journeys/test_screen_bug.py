"""A bug of ours inside a transaction: it is said and logged, and selling goes on."""

from __future__ import annotations

import logging

import pytest

from pos_app.i18n import _
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill
from tests.journeys.test_screen_commit import slow_disk

BUG = "Something went wrong inside the till. What was accepted is safe."


@pytest.fixture
def bugs(selling: ScreenTill, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every numbered document meet a bug; return what reached the hook."""

    def stumbles(*_arguments: object) -> str:
        raise KeyError("a bug")

    seen: list[str] = []
    monkeypatch.setattr(SqlUnitOfWork, "next_number", stumbles)
    monkeypatch.setattr(
        selling.app, "_hook_before", lambda kind, *_rest: seen.append(kind.__name__)
    )
    return seen


def test_bug_in_the_commit_keeps_the_sale_and_lets_scans_go_on(
    selling, bugs, monkeypatch, caplog
):
    selling.scan(COLA_GTIN)
    with slow_disk(selling):
        selling.press("quickCash1")
        selling.scan(FIRST_GTIN)  # waits for the commit
    with caplog.at_level(logging.ERROR):
        selling.wait(lambda: bool(bugs) and not selling.flow.sale.is_held)
    assert bugs == ["KeyError"]
    assert "a bug" in caplog.text
    assert selling.message == _(BUG)
    assert not selling.flow.payment.is_waiting
    assert selling.shown == "paymentScreen"
    assert len(selling.tenders) == 1
    assert selling.till.ledger.last_sale() is None
    monkeypatch.undo()
    selling.press("mainAction")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    selling.scan(FIRST_GTIN)
    assert [line.scanned for line in selling.lines] == [FIRST_GTIN]


def test_bug_while_a_sale_is_voided_lets_scans_go_on(selling, bugs, monkeypatch):
    selling.scan(COLA_GTIN)
    selling.flow.dialogs._on_void("customer_left")
    selling.wait(lambda: bool(bugs))
    monkeypatch.undo()
    selling.scan(FIRST_GTIN)
    assert len(selling.lines) == 2
