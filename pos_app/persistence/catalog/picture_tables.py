"""Pictures of goods, apart from the items: a scan never reads past one."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from pos_app.persistence.catalog.tables import item, metadata

item_picture = Table(
    "item_picture",
    metadata,
    Column("item_key", Integer, ForeignKey(item.c.item_key), primary_key=True),
    Column("digest", Text, nullable=False),  # SHA-256 of the image, hex
    Column("image", LargeBinary, nullable=False),  # at most 512 x 512
    Column("small", LargeBinary, nullable=False),  # at most 160 x 160
)
