"""What holds of every log at a place, and of every two restores of one till."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.numbering import EPOCH_CHANCES, restored_epoch, series_of
from pos_app.domain.sale import DocumentKind
from pos_app.persistence.second_place.place_disk import PlaceDisk
from pos_app.persistence.second_place.place_log import PlaceLog, create_log
from pos_app.persistence.second_place.wal_file import PAGE_BYTES, Pages, WalTail

CHANCES = st.integers(min_value=0, max_value=EPOCH_CHANCES - 1)
EPOCHS = st.integers(min_value=1, max_value=5_000_000)
RECORDS = st.lists(
    st.tuples(
        st.dictionaries(
            st.integers(min_value=1, max_value=9),
            st.integers(min_value=0, max_value=255),
            max_size=3,
        ),
        st.booleans(),
    ),
    max_size=6,
)


@given(newest=EPOCHS, one=CHANCES, other=CHANCES)
def test_two_restores_share_a_series_only_when_chance_gave_them_one_number(
    newest: int, one: int, other: int
) -> None:
    series = {
        series_of(restored_epoch(newest, chance), kind)
        for chance in {one, other}
        for kind in DocumentKind
    }
    assert len(series) == len({one, other}) * len(DocumentKind)


@given(newest=EPOCHS, chance=CHANCES, kind=st.sampled_from(DocumentKind))
def test_a_restored_till_never_takes_a_series_that_was_known(
    newest: int, chance: int, kind: DocumentKind
) -> None:
    epoch = restored_epoch(newest, chance)
    assert epoch > newest
    assert series_of(epoch, kind) != series_of(newest, kind)


def states_of(log: PlaceLog) -> list[dict[int, bytes]]:
    """Return the pages after each whole state, as applying the log makes them."""
    pages: dict[int, bytes] = {}
    states = []
    for record in log.whole_records():
        pages = {**pages, **record.pages}
        if record.is_whole:
            states.append(pages)
    return states


@settings(max_examples=60, deadline=None)
@given(
    records=RECORDS,
    cut=st.floats(min_value=0, max_value=1),
    noise=st.binary(max_size=80),
)
def test_a_log_cut_anywhere_is_read_up_to_a_state_of_the_till(
    records: list[tuple[dict[int, int], bool]], cut: float, noise: bytes
) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "ledger.log"
        log = PlaceLog(path, create_log(path, bytes(16)), PlaceDisk())
        for frame, (pages, is_whole) in enumerate(records, 1):
            content = {n: bytes([byte]) * PAGE_BYTES for n, byte in pages.items()}
            tail = WalTail(bytes(8), frame, bytes(8))
            log.append(Pages(content, 9, tail), frame, is_whole=is_whole)
        whole = PlaceLog.open(path, PlaceDisk())
        states = states_of(whole[0]) if whole else []
        with path.open("r+b") as file:
            file.truncate(int(path.stat().st_size * cut))
            file.seek(0, 2)
            file.write(noise)
        found = PlaceLog.open(path, PlaceDisk())
        after = states_of(found[0]) if found else []
        assert after == states[: len(after)]
        if found:  # and it can be gone on with
            log = found[0]
            log.append(Pages({1: b"x" * PAGE_BYTES}, 9), 99, is_whole=True)
            again = PlaceLog.open(path, PlaceDisk())
            assert again is not None
            assert states_of(again[0])[:-1] == after
            assert states_of(again[0])[-1][1] == b"x" * PAGE_BYTES
