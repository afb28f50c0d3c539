"""The demo's day through `guitai replay`, and the schema of its lines."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.replay_run import Document, Run, check_proof, replay_in

ROOT = Path(__file__).parents[2]
DEMO_DAY = ROOT / "resources" / "demo_shop" / "day.jsonl"


@pytest.fixture
def replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return replay_in(tmp_path, capsys)


# ------------------------------------------------------------------ the demo's day


@pytest.fixture(scope="module")
def demo_day() -> list[Document]:
    command = [sys.executable, "-m", "pos_app", "replay", str(DEMO_DAY)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_demo_day_ends_every_sale_that_it_began(demo_day: list[Document]) -> None:
    steps = [json.loads(line) for line in DEMO_DAY.read_text("utf-8").splitlines()]
    asked = Counter(step["do"] for step in steps)
    kinds = Counter(document.get("document") for document in demo_day)
    assert kinds["sale"] == asked["finish"]
    assert kinds["void"] == asked["sale_void"]
    assert kinds["tender_correction"] == asked["correct_tender"]
    assert kinds["parked"] == asked["park"] == asked["resume"] == 2
    assert kinds["cash_move"] == asked["paid_out"] + asked["safe_drop"]
    assert (kinds["shift_count"], kinds["z_report"]) == (2, 1)
    assert not kinds[None]


def test_the_demo_days_documents_prove_themselves(demo_day: list[Document]) -> None:
    sales = [document for document in demo_day if document["document"] == "sale"]
    for sale in sales:
        check_proof(sale)
    numbers = [sale["number"] for sale in sales]
    assert numbers == [f"02-A-{serial:06d}" for serial in range(1, len(sales) + 1)]
    assert not any(sale["clock_suspect"] for sale in sales)
    assert len({sale["business_day"] for sale in sales}) == 1


def test_the_demo_days_money_is_that_of_its_tenders(demo_day: list[Document]) -> None:
    sales = [document for document in demo_day if document["document"] == "sale"]
    tenders: Counter[str] = Counter()
    for sale in sales:
        for tender in sale["tenders"]:
            tenders[tender["key"]] += tender["amount_minor"]
        tenders["cash"] -= sale["change_minor"]
        for refund in sale["refunds"]:
            tenders[refund["key"]] -= refund["amount_minor"]
    (z_report,) = [x for x in demo_day if x["document"] == "z_report"]
    totals: Counter[str] = Counter()
    for total in z_report["totals"]:
        totals[total["kind"]] += total["amount_minor"]
    assert sum(tenders.values()) == totals["net"] + totals["cash_rounding"]
    assert tenders["cash"] == (
        z_report["expected_minor"]
        - totals["float"]
        + totals["paid_out"]
        + totals["safe_drop"]
    )
    asked = {
        step["key"]
        for step in map(json.loads, DEMO_DAY.read_text("utf-8").splitlines())
        if step["do"] == "tender"
    }
    assert {key for key, amount in tenders.items() if amount} == asked


# --------------------------------------------------------------------- the schema


@pytest.fixture(scope="module")
def schema() -> Document:
    command = [sys.executable, "-m", "pos_app", "replay", "--schema"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    found: Document = json.loads(done.stdout)
    return found


def test_the_schema_is_one_and_takes_every_line_of_the_day(schema: Document) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in DEMO_DAY.read_text("utf-8").splitlines():
        validator.validate(json.loads(line))


@pytest.mark.parametrize(
    "line",
    [
        {},
        [],
        "scan",
        {"do": "fly"},
        {"do": "scan"},
        {"do": "scan", "code": "1", "colour": "red"},
        {"do": "select", "line": 0},
    ],
)
def test_the_schema_refuses_what_replay_refuses(
    schema: Document, replay: Run, line: Any
) -> None:
    assert not jsonschema.Draft202012Validator(schema).is_valid(line)
    code, documents = replay({"items": []}, json.dumps(line))
    assert code == 1
    assert [x["refused"] for x in documents] == ["line_unreadable"]


def test_the_schema_knows_the_set_up_file_too(schema: Document) -> None:
    part = {"$ref": "#/$defs/SetupFile", "$defs": schema["$defs"]}
    validator = jsonschema.Draft202012Validator(part)
    assert validator.is_valid({"items": [{"sku": "A", "name": "Tea", "price": "3"}]})
    assert not validator.is_valid({"items": [{"sku": "A", "name": "Tea"}]})
    validator.validate(json.loads((DEMO_DAY.parent / "shop.json").read_text("utf-8")))
