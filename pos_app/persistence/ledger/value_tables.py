"""The tables of ledger.db for stored value and gift cards."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from pos_app.persistence.ledger.tables import metadata

value_account = Table(
    "value_account",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # domain.stored_value.account.AccountKind
    Column("currency", Text, nullable=False),
    Column("member_id", Text, nullable=False),  # "" for a gift card
    Column("code_digest", Text, nullable=False),  # "" for a wallet
    Column("label", Text, nullable=False),
    Column("opened_at_ms", Integer, nullable=False),
    Column("opened_by", Text, nullable=False),
)
Index(
    "ix_value_account_code",
    value_account.c.code_digest,
    unique=True,
    sqlite_where=value_account.c.code_digest != "",
)
Index(
    "ix_value_account_member",
    value_account.c.member_id,
    unique=True,
    sqlite_where=value_account.c.member_id != "",
)

value_move = Table(
    "value_move",
    metadata,
    Column("move_id", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("value_account.account_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),  # domain.stored_value.moves.MoveKind
    Column("at_ms", Integer, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("paid_minor", Integer, nullable=False),
    Column("bonus_minor", Integer, nullable=False),
    Column("document_id", Text, nullable=False, index=True),  # "" for none
    Column("document_number", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("account_id", "number"),
    UniqueConstraint("account_id", "key"),
)

#: What each lot holds: a projection of the moves, for what ends and for lists.
value_lot = Table(
    "value_lot",
    metadata,
    Column("account_id", Text, nullable=False),
    Column("lot_id", Text, nullable=False),
    Column("paid_minor", Integer, nullable=False),
    Column("bonus_minor", Integer, nullable=False),
    Column("ends_at_ms", Integer, nullable=True),  # of what is left; NULL for never
    PrimaryKeyConstraint("account_id", "lot_id"),
)
Index(
    "ix_value_lot_ends",
    value_lot.c.ends_at_ms,
    sqlite_where=value_lot.c.ends_at_ms.is_not(None),
)

#: The running balance of each account: a projection of the moves.
value_balance = Table(
    "value_balance",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("paid_minor", Integer, nullable=False),
    Column("bonus_minor", Integer, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("moved_at_ms", Integer, nullable=False, index=True),
)

#: What open baskets have chosen and not booked; lives as long as their tender.
value_hold = Table(
    "value_hold",
    metadata,
    Column("basket_id", Text, nullable=False),
    Column("tender_id", Text, nullable=False),
    Column("account_id", Text, nullable=False, index=True),
    Column("minor", Integer, nullable=False),
    Column("until_ms", Integer, nullable=False),
    PrimaryKeyConstraint("basket_id", "tender_id"),
)

value_document = Table(
    "value_document",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # domain.stored_value.document.ValueKind
    Column(
        "account_id",
        Text,
        ForeignKey("value_account.account_id"),
        nullable=False,
        index=True,
    ),
    Column("move_id", Text, nullable=False),
    Column("shift_id", Text, nullable=False, index=True),
    Column("business_day", Text, nullable=False, index=True),
    Column("at_ms", Integer, nullable=False),
    Column("paid_minor", Integer, nullable=False),
    Column("bonus_minor", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
