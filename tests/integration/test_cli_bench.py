"""`guitai bench` measures what is promised. Only its shape is tested, never a time."""

import json

import pytest

from pos_app.cli import main
from pos_app.cli.bench_figures import Figure, percentile, table_of
from pos_app.cli.bench_peers import LOADS, Beside, peer_table
from pos_app.cli.bench_promotion_sets import is_for, shared_with_oscar
from pos_app.domain.promotion.deal import NForDeal, UnitDeal

PROMISED = (
    "cold start to first scan",
    "scan to painted line",
    "scan to painted line, window offscreen, during an import",
    "search: two Chinese characters",
    "search: pinyin initials",
    "pricing 20 lines",
    "pricing 20 lines, 200 promotions",
    "pricing 60 lines, 500 promotions",
    "pricing adversarial",
    "each scan of a 20-line basket priced again",
    "10-line sale committed, beyond the fsync",
    "tender to the slip's first byte",
    "what a second place adds to a sale",
    "till restored from its second place",
    "start-up check, clean stop",
    "start-up check, killed",
    "new items imported while selling",
    "till memory",
    "scans lost of",
    "member found by full phone",
    "recognition, p95",
    "enrolment, p95",
)


def test_every_promise_is_measured_beside_its_target(tmp_path, capfd) -> None:
    tiny = ["--quick", "--items", "300", "--samples", "4", "--keep", str(tmp_path)]
    assert main(["bench", "--json", *tiny]) == 0
    figures = json.loads(capfd.readouterr().out)
    for figure in figures:
        assert set(figure) == {"name", "value", "unit", "target", "met"}
        assert isinstance(figure["value"], int | float)
        assert (figure["met"] is None) == (figure["target"] is None)
    names = [figure["name"] for figure in figures]
    assert len(names) == len(set(names))
    for promise in PROMISED:
        assert any(promise in name for name in names), promise
    lost = next(each for each in figures if each["name"].startswith("scans lost"))
    assert lost["value"] == 0
    kept = {folder.name for folder in tmp_path.iterdir()}
    assert {name.split("-")[0] for name in kept} == {"shop", "members"}
    assert all(name.endswith("-300") for name in kept)  # the run's own are thrown away


@pytest.mark.parametrize(
    ("percent", "value"), [(1, 1), (50, 50), (95, 95), (99, 99), (100, 100)]
)
def test_a_percentile_is_one_of_the_samples(percent: int, value: int) -> None:
    assert percentile(range(100, 0, -1), percent) == value
    assert percentile([7], percent) == 7


def test_the_table_marks_what_was_met() -> None:
    lines = table_of(
        [
            Figure("quick", 1.5, "ms", 2),
            Figure("slow", 1234, "ms", 1000),
            Figure("bare", 0.5, "s"),
        ]
    )
    assert [line[0] for line in lines] == ["✓", "✗", " "]
    assert "1,234 ms" in lines[1]
    assert "≤ 1,000 ms" in lines[1]


def test_peers_that_are_not_installed_are_a_clear_word(monkeypatch, capfd) -> None:
    monkeypatch.setattr("pos_app.cli.bench_oscar.find_spec", lambda _: None)
    assert main(["bench", "--peers"]) != 0
    told = capfd.readouterr().err
    assert "django-oscar" in told
    assert "requirements/peers.txt" in told


@pytest.mark.slow
def test_the_peers_price_the_same_baskets(capfd) -> None:
    pytest.importorskip("oscar", reason="requirements/peers.txt is not installed")
    assert main(["bench", "--peers", "--samples", "1", "--json"]) == 0
    figures = {x["name"]: x["value"] for x in json.loads(capfd.readouterr().out)}
    more = [value for name, value in figures.items() if "saves more" in name]
    assert more == [0, 0]
    assert all(value > 0 for name, value in figures.items() if "saved" in name)


def test_both_engines_stand_side_by_side() -> None:
    saved = ((1_000, 900), (500, 500))
    beside = Beside("2 baskets", saved, ((1.0, 300.0), (2.0, 2_000.5)))
    lines = peer_table([beside])
    assert lines[0].split() == ["Guitai", "django-oscar"]
    assert lines[1] == "2 baskets"
    assert lines[2].split()[-2:] == ["15.00", "14.00"]
    assert lines[3].split()[-2:] == ["1", "0"]
    assert lines[5].split()[-2:] == ["2.00", "2,000.50"]
    assert [x.met for x in beside.figures() if x.target is not None] == [True]


def test_only_rules_that_both_engines_mean_alike_are_compared() -> None:
    for load in LOADS:
        sets = shared_with_oscar(load, 1)
        assert len(sets.promotions) == load.promotions
        assert all(isinstance(x.deal, UnitDeal | NForDeal) for x in sets.promotions)
        for line in sets.basket().lines:
            assert line.unit is not None
            assert line.unit.price is not None
            assert line.unit.price.minor % 20 == 0
            assert any(is_for(x.deal, line.unit) for x in sets.promotions)
