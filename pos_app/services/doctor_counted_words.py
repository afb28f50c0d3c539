"""The doctor's findings that tell how many: one sentence for one, one for more."""

from __future__ import annotations


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark both sentences for translation; which one it is, is chosen later."""
    return one, many


#: What tells how many of a finding there are.
NUMBERS = ("count", "entries", "pages", "missing", "minutes", "days")

COUNTED_WORDS: dict[str, tuple[str, str]] = {
    "journal_sound": plural(
        "The journal is unbroken: {entries} entry.",
        "The journal is unbroken: {entries} entries.",
    ),
    "sales_proven": plural(
        "The amounts of {count} sale add up.",
        "The amounts of all {count} sales add up.",
    ),
    "shifts_proven": plural(
        "The totals and cash of {count} shift add up.",
        "The totals and cash of all {count} shifts add up.",
    ),
    "numbers_gapless": plural(
        "The number of {count} document is without a gap.",
        "The numbers of all {count} documents are without a gap.",
    ),
    "program_version": plural(
        "Version {version}, {days} day old.",
        "Version {version}, {days} days old.",
    ),
    "members_half_erased": plural(
        "Something is left of {count} erased member: {first}.",
        "Something is left of {count} erased members, first of all of {first}.",
    ),
    "members_without_data": plural(
        "The data of {count} member is missing: {first}.",
        "The data of {count} members is missing, first of all of {first}.",
    ),
    "members_merges_contradict": plural(
        "{count} merge of members contradicts others: {first}.",
        "{count} merges of members contradict others, first of all {first}.",
    ),
    "members_not_found_by_number": plural(
        "{count} member is not found by their own number: {first}.",
        "{count} members are not found by their own number, first of all {first}.",
    ),
    "pages_damaged": plural(
        "{pages} page of {file} is damaged.",
        "{pages} pages of {file} are damaged.",
    ),
    "sale_lines_differ": plural(
        "The lines of {count} sale do not add up: {first}",
        "The lines of {count} sales do not add up: {first}",
    ),
    "sale_taxes_differ": plural(
        "The taxes of {count} sale do not add up: {first}",
        "The taxes of {count} sales do not add up: {first}",
    ),
    "sale_tenders_differ": plural(
        "The money of {count} sale does not add up: {first}",
        "The money of {count} sales does not add up: {first}",
    ),
    "sale_shares_differ": plural(
        "The units of {count} sale do not add up: {first}",
        "The units of {count} sales do not add up: {first}",
    ),
    "returns_differ": plural(
        "What came back on {count} ticket does not add up: {first}",
        "What came back on {count} tickets does not add up: {first}",
    ),
    "returned_twice": plural(
        "Goods of {count} sale came back twice: {first}",
        "Goods of {count} sales came back twice: {first}",
    ),
    "refunded_over_paid": plural(
        "{count} sale gave more back than was paid: {first}",
        "{count} sales gave more back than was paid: {first}",
    ),
    "sale_not_in_journal": plural(
        "{count} sale differs from the journal: {first}",
        "{count} sales differ from the journal: {first}",
    ),
    "journal_sale_missing": plural(
        "{count} sale of the journal is missing: {first}",
        "{count} sales of the journal are missing: {first}",
    ),
    "coupon_row_differs": plural(
        "{count} coupon is not what its entries say: {first}",
        "{count} coupons are not what their entries say: {first}",
    ),
    "coupon_saving_differs": plural(
        "What {count} used coupon saved is not in its sale: {first}",
        "What {count} used coupons saved is not in their sales: {first}",
    ),
    "stock_balance_differs": plural(
        "The stock of {count} item differs: {first}",
        "The stock of {count} items differs: {first}",
    ),
    "promotion_uses_differ": plural(
        "{count} sale used other promotions than it says: {first}",
        "{count} sales used other promotions than they say: {first}",
    ),
    "value_balance_differs": plural(
        "The balance of {count} wallet or gift card differs: {first}",
        "The balance of {count} wallets or gift cards differs: {first}",
    ),
    "value_lots_differ": plural(
        "The top-ups of {count} wallet or gift card differ: {first}",
        "The top-ups of {count} wallets or gift cards differ: {first}",
    ),
    "value_moves_differ": plural(
        "{count} wallet or gift card moved another amount than it says: {first}",
        "{count} wallets or gift cards moved another amount than they say: {first}",
    ),
    "value_document_differs": plural(
        "{count} document of stored value moved other money: {first}",
        "{count} documents of stored value moved other money: {first}",
    ),
    "value_ticket_differs": plural(
        "{count} sale took other stored value than was booked: {first}",
        "{count} sales took other stored value than was booked: {first}",
    ),
    "value_hold_forgotten": plural(
        "{count} basket that ended holds stored value: {first}",
        "{count} baskets that ended hold stored value: {first}",
    ),
    "points_left_differ": plural(
        "What is left of {count} lot of points differs: {first}",
        "What is left of {count} lots of points differs: {first}",
    ),
    "points_below_zero": plural(
        "{count} lot of points is below zero: {first}",
        "{count} lots of points are below zero: {first}",
    ),
    "points_journal_differs": plural(
        "{count} sale moved other points than the journal says: {first}",
        "{count} sales moved other points than the journal says: {first}",
    ),
    "tier_standing_differs": plural(
        "The tier of {count} member differs: {first}",
        "The tier of {count} members differs: {first}",
    ),
    "reward_balance_differs": plural(
        "The gifts of {count} campaign do not add up: {first}",
        "The gifts of {count} campaigns do not add up: {first}",
    ),
    "reward_journal_differs": plural(
        "{count} campaign gave other gifts than the journal says: {first}",
        "{count} campaigns gave other gifts than the journal says: {first}",
    ),
    "reward_over_budget": plural(
        "{count} campaign gave more than its budget: {first}",
        "{count} campaigns gave more than their budget: {first}",
    ),
    "promotion_balance_differs": plural(
        "The uses of {count} promotion do not add up: {first}",
        "The uses of {count} promotions do not add up: {first}",
    ),
    "promotion_runs_overlap": plural(
        "{count} promotion holds in two versions at once: {first}",
        "{count} promotions hold in two versions at once: {first}",
    ),
    "promotion_not_known": plural(
        "{count} started promotion is not known here and never applies: {first}",
        "{count} started promotions are not known here and never apply: {first}",
    ),
    "promotion_version_lost": plural(
        "Sales used {count} promotion as it is no longer known here; "
        "goods come back at their stored prices: {first}",
        "Sales used {count} promotions as they are no longer known here; "
        "goods come back at their stored prices: {first}",
    ),
    "money_balance_differs": plural(
        "The balance of {count} tender differs: {first}",
        "The balance of {count} tenders differs: {first}",
    ),
    "sale_money_differs": plural(
        "{count} sale moved another amount: {first}",
        "{count} sales moved another amount: {first}",
    ),
    "parked_sale_ended": plural(
        "{count} parked sale has ended before: {first}",
        "{count} parked sales have ended before: {first}",
    ),
    "sale_stock_differs": plural(
        "{count} sale moved other goods: {first}",
        "{count} sales moved other goods: {first}",
    ),
    "stock_document_moves_differ": plural(
        "{count} stock document moved other goods: {first}",
        "{count} stock documents moved other goods: {first}",
    ),
    "stock_move_undocumented": plural(
        "{count} move of goods has no document: {first}",
        "{count} moves of goods have no document: {first}",
    ),
    "stock_mirror_differs": plural(
        "{count} correction undoes something else: {first}",
        "{count} corrections undo something else: {first}",
    ),
    "stock_document_not_in_journal": plural(
        "{count} stock document differs from the journal: {first}",
        "{count} stock documents differ from the journal: {first}",
    ),
    "journal_stock_missing": plural(
        "{count} stock document of the journal is missing: {first}",
        "{count} stock documents of the journal are missing: {first}",
    ),
    "stock_document_balances_differ": plural(
        "{count} stock document found another balance: {first}",
        "{count} stock documents found another balance: {first}",
    ),
    "shift_cash_differs": plural(
        "The cash of {count} shift differs: {first}",
        "The cash of {count} shifts differs: {first}",
    ),
    "shift_left_differs": plural(
        "{count} closed drawer holds another float: {first}",
        "{count} closed drawers hold another float: {first}",
    ),
    "shift_unknown": plural(
        "Totals of {count} unknown shift: {first}",
        "Totals of {count} unknown shifts: {first}",
    ),
    "shift_z_differs": plural(
        "The Z of {count} shift differs from its totals: {first}",
        "The Z of {count} shifts differs from its totals: {first}",
    ),
    "shift_totals_differ": plural(
        "The totals of {count} shift differ from its documents: {first}",
        "The totals of {count} shifts differ from their documents: {first}",
    ),
    "numbers_gap": plural(
        "Series {series} has a gap: {missing} of {last} is missing.",
        "Series {series} has gaps: {missing} of {last} are missing.",
    ),
    "clock_suspect": plural(
        "The clock went back by {minutes} minute; nobody has confirmed it.",
        "The clock went back by {minutes} minutes; nobody has confirmed it.",
    ),
    "program_old": plural(
        "Version {version} is {days} day old.",
        "Version {version} is {days} days old.",
    ),
    "print_jobs_unknown": plural(
        "{count} slip may or may not have been printed.",
        "{count} slips may or may not have been printed.",
    ),
    "print_jobs_stuck": plural(
        "{count} slip has waited for over ten minutes.",
        "{count} slips have waited for over ten minutes.",
    ),
    "clock_behind": plural(
        "The clock is {minutes} minute behind the last entry.",
        "The clock is {minutes} minutes behind the last entry.",
    ),
    "backup_old": plural(
        "The last backup is {days} day old ({file}).",
        "The last backup is {days} days old ({file}).",
    ),
    "second_place_behind": plural(
        "The second place {folder} has had nothing new for {minutes} minute.",
        "The second place {folder} has had nothing new for {minutes} minutes.",
    ),
}
