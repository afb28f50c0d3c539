"""What never changes in ledger.db, and the triggers that say so (law 3)."""

from __future__ import annotations

from pos_app.persistence.ledger import (
    campaign_tables,
    coupon_tables,
    day_tables,
    member_tables,
    point_tables,
    promotion_tables,
    stock_tables,
    tables,
    value_tables,
)

#: What never changes once written (law 3); triggers say so in the database too.
APPEND_ONLY = (
    tables.journal,
    tables.sale,
    tables.sale_line,
    tables.sale_unit_share,
    tables.sale_tax,
    tables.sale_tender,
    tables.voided_sale,
    tables.tender_correction,
    tables.stock_move,
    tables.money_move,
    tables.intent,
    day_tables.sale_step,
    day_tables.sale_return,
    day_tables.sale_return_tax,
    day_tables.sale_refund,
    day_tables.shift,
    day_tables.shift_count,
    day_tables.shift_close,
    day_tables.shift_review,
    day_tables.cash_move,
    stock_tables.stock_document,
    stock_tables.stock_document_line,
    promotion_tables.promotion_use,
    *coupon_tables.INSERT_ONLY,
    *member_tables.APPEND_ONLY,
    point_tables.programme_version,
    point_tables.point_lot,
    point_tables.point_move,
    point_tables.point_split,
    point_tables.tier_metric,
    point_tables.tier_move,
    point_tables.notice_sent,
    point_tables.ticket_fact,
    value_tables.value_account,
    value_tables.value_move,
    value_tables.value_document,
    *campaign_tables.CAMPAIGN_FACTS,
)


def trigger_statements() -> dict[str, str]:
    """Return the triggers that keep the ledger append-only, by name.

    The doctor compares them with what the database holds after each upgrade.
    """
    found = {}
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            name = f"{table.name}_no_{verb}"
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
            )
    found.update(member_tables.GUARDS)
    found["journal_is_a_chain"] = (
        "CREATE TRIGGER journal_is_a_chain BEFORE INSERT ON journal "
        "WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal "
        "WHERE epoch = NEW.epoch), 0) "
        "OR NEW.epoch < coalesce((SELECT max(epoch) FROM journal), 1) "
        "OR NEW.prev_hash <> coalesce((SELECT hash FROM journal "
        "ORDER BY epoch DESC, seq DESC LIMIT 1), zeroblob(32)) "
        "BEGIN SELECT RAISE(ABORT, 'journal entry does not continue the chain'); END"
    )
    return found
