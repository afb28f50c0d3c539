"""Human numbers: a series for each epoch and kind of document."""

import pytest

from pos_app.domain.numbering import document_number, series_of
from pos_app.domain.sale import DocumentKind


@pytest.mark.parametrize(
    ("epoch", "kind", "series"),
    [
        (1, DocumentKind.SALE, "A"),
        (1, DocumentKind.VOID, "AV"),
        (1, DocumentKind.TENDER_CORRECTION, "AC"),
        (2, DocumentKind.SALE, "B"),
        (3, DocumentKind.SALE, "D"),
        (21, DocumentKind.SALE, "Y"),
        (22, DocumentKind.SALE, "AA"),
        (42, DocumentKind.SALE, "AY"),
        (43, DocumentKind.VOID, "BAV"),
        (462, DocumentKind.SALE, "YY"),
        (463, DocumentKind.SALE, "AAA"),
    ],
)
def test_series(epoch: int, kind: DocumentKind, series: str) -> None:
    assert series_of(epoch, kind) == series


def test_no_two_epochs_or_kinds_share_a_series() -> None:
    kinds = tuple(DocumentKind)
    series = [series_of(epoch, kind) for epoch in range(1, 701) for kind in kinds]
    assert len(set(series)) == len(series)


@pytest.mark.parametrize(
    ("serial", "number"),
    [
        (1, "02-A-000001"),
        (999_999, "02-A-999999"),
        (1_000_000, "02-A-1000000"),
    ],
)
def test_numbers(serial: int, number: str) -> None:
    assert document_number("02", "A", serial) == number


def test_there_is_no_epoch_and_no_serial_zero() -> None:
    with pytest.raises(AssertionError):
        series_of(0, DocumentKind.SALE)
    with pytest.raises(AssertionError):
        document_number("02", "A", 0)
