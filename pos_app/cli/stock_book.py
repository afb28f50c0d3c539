"""What the ledger says of the stock, beside a till that may be open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from hardware.system_clock import SystemClock
from pos_app.errors import StorageError
from pos_app.persistence.engine import LEDGER_READER, open_engine
from pos_app.persistence.ledger.ledger import HEAD
from pos_app.persistence.ledger.stock_queries import SqlStockReader
from pos_app.persistence.schema_revision import schema_revision
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.stock import StockFigures


class StockBook:
    """Reads figures of items; changes nothing."""

    def __init__(self, folder: ShopFolder, key: bytes) -> None:
        """Open the ledger for reading.

        Raises:
            StorageError: "till_of_other_release" where its schema is not this
                release's, or "database_unreadable".
        """
        self._engine = open_engine(folder.ledger, key, LEDGER_READER)
        if schema_revision(self._engine) != HEAD:
            self.close()
            raise StorageError("till_of_other_release")
        self._stock = SqlStockReader(self._engine)
        # The days of the figures are stored; today is for what sold lately only.
        self._today = SystemClock().now().at(ZoneInfo("UTC")).date()

    def figures(self, item_ids: Sequence[str]) -> Mapping[str, StockFigures]:
        """Return what the moves of items add up to, by item."""
        return self._stock.figures(item_ids, self._today)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()
