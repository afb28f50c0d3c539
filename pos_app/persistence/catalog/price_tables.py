"""What finds the price rows that begin or end: only those with dates are in it.

What changes next in the whole shop is found by two seeks, however many items it has.
"""

from __future__ import annotations

from sqlalchemy import Index

from pos_app.persistence.catalog.tables import FOREVER, price

BEGINS = Index("price_begins", price.c.valid_from, sqlite_where=price.c.valid_from > 0)
ENDS = Index(
    "price_ends", price.c.valid_until, sqlite_where=price.c.valid_until < FOREVER
)
