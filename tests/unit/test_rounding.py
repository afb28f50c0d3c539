"""The only place that rounds, number by number."""

import pytest

from pos_app.values.rounding import (
    RoundingMode,
    apportion,
    apportion_runs,
    divide,
    to_step,
)

M = RoundingMode


@pytest.mark.parametrize(
    ("mode", "results"),
    [
        #            -7/2 -5/2 -9/4  9/4  5/2  7/2
        pytest.param(M.HALF_UP, [-4, -3, -2, 2, 3, 4], id="ties away from zero"),
        pytest.param(M.HALF_DOWN, [-3, -2, -2, 2, 2, 3], id="ties towards zero"),
        pytest.param(M.HALF_EVEN, [-4, -2, -2, 2, 2, 4], id="ties to the even one"),
        pytest.param(M.UP, [-4, -3, -3, 3, 3, 4], id="away from zero"),
        pytest.param(M.DOWN, [-3, -2, -2, 2, 2, 3], id="towards zero"),
        pytest.param(M.CEILING, [-3, -2, -2, 3, 3, 4], id="upwards"),
        pytest.param(M.FLOOR, [-4, -3, -3, 2, 2, 3], id="downwards"),
    ],
)
def test_a_fraction_moves_as_its_mode_says(mode: M, results: list[int]) -> None:
    fractions = [(-7, 2), (-5, 2), (-9, 4), (9, 4), (5, 2), (7, 2)]
    assert [divide(n, d, mode) for n, d in fractions] == results
    assert [divide(-n, -d, mode) for n, d in fractions] == results


@pytest.mark.parametrize("mode", list(M))
def test_a_whole_result_is_never_moved(mode: M) -> None:
    assert divide(-12, 4, mode) == -3
    assert divide(0, -7, mode) == 0


def test_numbers_far_beyond_a_float_stay_exact() -> None:
    assert divide(10**40 + 1, 2) == 5 * 10**39 + 1
    assert divide(10**40 - 1, 2, M.HALF_DOWN) == 5 * 10**39 - 1


@pytest.mark.parametrize(
    ("amount", "step", "mode", "rounded"),
    [
        pytest.param(2042, 5, M.HALF_UP, 2040, id="AU 20.42"),
        pytest.param(2043, 5, M.HALF_UP, 2045, id="AU 20.43"),
        pytest.param(1225, 50, M.HALF_UP, 1250, id="DK ties up"),
        pytest.param(1995, 10, M.HALF_DOWN, 1990, id="NZ shops may take ties down"),
        pytest.param(1999, 10, M.DOWN, 1990, id="AR always down"),
        pytest.param(-2043, 5, M.HALF_UP, -2045, id="a refund mirrors the sale"),
        pytest.param(2043, 1, M.HALF_UP, 2043, id="no rule, no rounding"),
    ],
)
def test_cash_steps(amount: int, step: int, mode: M, rounded: int) -> None:
    assert to_step(amount, step, mode) == rounded


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        pytest.param(100, [1, 1, 1], (34, 33, 33), id="odd cent to the first"),
        pytest.param(50, [0, 100], (0, 50), id="a free line takes no share"),
        pytest.param(1, [33, 66], (0, 1), id="to the largest remainder"),
        pytest.param(-100, [1, 1, 1], (-34, -33, -33), id="negative mirrors"),
        pytest.param(0, [0, 0], (0, 0), id="nothing over nothing"),
        pytest.param(0, [], (), id="nobody"),
        pytest.param(7, [5], (7,), id="one takes all"),
        pytest.param(10**30, [1, 2], (10**30 // 3, 10**30 * 2 // 3 + 1), id="huge"),
    ],
)
def test_shares(total: int, weights: list[int], shares: tuple[int, ...]) -> None:
    assert apportion(total, weights) == shares


def test_an_amount_that_nothing_can_carry_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="nothing to carry"):
        apportion(1, [0, 0])
    with pytest.raises(AssertionError, match="nothing to carry"):
        apportion_runs(1, [(2, 0)])


@pytest.mark.parametrize(
    ("total", "runs", "shares"),
    [
        pytest.param(100, [(3, 1)], ((1, 34), (2, 33)), id="one odd cent"),
        pytest.param(99, [(3, 1)], ((3, 33),), id="even"),
        pytest.param(-5, [(2, 1), (1, 2)], ((2, -1), (1, -3)), id="negative"),
        pytest.param(0, [(5, 0)], ((5, 0),), id="free"),
        pytest.param(
            99_998, [(99_999, 1)], ((99_998, 1), (1, 0)), id="a run, not a loop"
        ),
    ],
)
def test_shares_of_runs(
    total: int, runs: list[tuple[int, int]], shares: tuple[tuple[int, int], ...]
) -> None:
    assert apportion_runs(total, runs) == shares
