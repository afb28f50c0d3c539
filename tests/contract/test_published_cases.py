"""The published cases: each is satisfied, or listed by name with the reason."""

import tomllib
from pathlib import Path

import pytest

from tests.contract.published_case_runner import KINDS, Case, complaint, read_cases

LIST = Path(__file__).with_name("published_cases_not_satisfied.toml")


@pytest.fixture(scope="module")
def cases(shared_folder: Path) -> list[Case]:
    folder = shared_folder / "data" / "pricing_cases"
    if not (folder / "cases.jsonl").is_file():
        pytest.skip("the published cases are not here: no ../shared/data/pricing_cases")
    return read_cases(folder)


@pytest.fixture(scope="module")
def listed() -> list[str]:
    reasons = tomllib.loads(LIST.read_text(encoding="utf-8"))["reason"]
    assert all(len(reason["why"]) > 20 for reason in reasons)
    return [name for reason in reasons for name in reason["cases"]]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_cases_are_satisfied_or_listed(
    kind: str, cases: list[Case], listed: list[str]
) -> None:
    of_kind = [case for case in cases if case["kind"] == kind]
    assert of_kind, f"no published case is of the kind {kind}"
    complaints = {case["id"]: complaint(case) for case in of_kind}
    unlisted = {n: why for n, why in complaints.items() if why and n not in listed}
    assert unlisted == {}
    assert [n for n, why in complaints.items() if not why and n in listed] == []


def test_no_case_is_forgotten(cases: list[Case]) -> None:
    assert {case["kind"] for case in cases} == KINDS.keys()


def test_the_list_names_each_case_once_and_only_cases_of_this_till(
    cases: list[Case], listed: list[str]
) -> None:
    assert len(listed) == len(set(listed))
    assert set(listed) <= {case["id"] for case in cases if case["kind"] in KINDS}
