"""Finished documents as `guitai replay` writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pos_app.domain.codec import sale_to_plain
from pos_app.domain.sale import Sale

#: What one line of a replay does; a document if one was finished.
Step = Callable[[Any], dict[str, Any] | None]


def document_of(sale: Sale) -> dict[str, Any]:
    """Return a finished sale as one JSON document."""
    return {"document": "sale", **sale_to_plain(sale)}


def as_line(document: dict[str, Any]) -> str:
    """Write a document as one line of JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
