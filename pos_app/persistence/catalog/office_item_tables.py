"""What only the back office needs of items: the index of its list, and pictures.

Pictures lie apart from the items, so that a scan never reads past one.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from pos_app.persistence.catalog.tables import item, metadata

# A category, what is sold or not, the newest items first.
Index("item_by_shelf", item.c.category_id, item.c.is_active, item.c.item_key)

item_picture = Table(
    "item_picture",
    metadata,
    Column("item_key", Integer, ForeignKey(item.c.item_key), primary_key=True),
    Column("digest", Text, nullable=False),  # SHA-256 of the image, hex
    Column("image", LargeBinary, nullable=False),  # at most 512 x 512
    Column("small", LargeBinary, nullable=False),  # at most 160 x 160
)
