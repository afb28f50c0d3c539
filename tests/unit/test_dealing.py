"""A saving dealt to units: exact, in proportion, never below a floor."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.promotion.dealing import Room, deal_out
from pos_app.values.rounding import Run, apportion


def each(dealt: tuple[tuple[Run, ...], ...]) -> list[int]:
    return [share for runs in dealt for count, share in runs for _ in range(count)]


@pytest.mark.parametrize(
    ("total", "rooms", "shares"),
    [
        (100, [Room(3, 10, 1000)], [34, 33, 33]),
        (10, [Room(1, 100, 100), Room(1, 100, 100), Room(1, 50, 50)], [4, 4, 2]),
        (10, [Room(1, 100, 2), Room(1, 100, 100)], [2, 8]),
        (10, [Room(1, 900, 1), Room(1, 50, 2), Room(2, 50, 50)], [1, 2, 4, 3]),
        (9, [Room(1, 100, 0), Room(2, 100, 9)], [0, 5, 4]),
        (0, [Room(2, 100, 100)], [0, 0]),
        (0, [Room(2, 0, 0)], [0, 0]),
        (7, [Room(1, 5, 5), Room(1, 2, 2)], [5, 2]),
    ],
)
def test_an_amount_is_dealt(total: int, rooms: list[Room], shares: list[int]) -> None:
    assert each(deal_out(total, rooms)) == shares


def test_more_than_there_is_cannot_be_dealt() -> None:
    with pytest.raises(AssertionError):
        deal_out(3, [Room(2, 100, 1)])


ROOMS = st.lists(
    st.builds(
        Room,
        st.integers(1, 5),
        st.integers(0, 300),
        st.integers(0, 300),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150)
@given(ROOMS, st.integers(0, 10_000))
def test_the_parts_are_the_whole_and_no_unit_loses_more_than_it_can(
    rooms: list[Room], asked: int
) -> None:
    most = sum(room.count * room.most_minor for room in rooms if room.weight)
    total = min(asked, most)
    dealt = deal_out(total, rooms)
    assert sum(each(dealt)) == total
    for room, runs in zip(rooms, dealt, strict=True):
        assert sum(count for count, _ in runs) == room.count
        assert all(0 <= share <= room.most_minor for _, share in runs)


@settings(max_examples=150)
@given(ROOMS, st.integers(0, 300))
def test_without_limits_it_is_the_largest_remainder(
    rooms: list[Room], total: int
) -> None:
    free = [Room(room.count, room.weight, 10_000) for room in rooms]
    weights = [room.weight for room in free for _ in range(room.count)]
    if any(weights):
        assert each(deal_out(total, free)) == list(apportion(total, weights))
