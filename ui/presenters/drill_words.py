"""The words of the scenario cards: title, goal, steps, help, mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.training.card import CardKey, Mistake
from pos_app.domain.training.score import Level
from pos_app.i18n import N_


@dataclass(frozen=True, slots=True)
class CardWords:
    """Msgids of a card; placeholders are filled from what it gives.

    Attributes:
        title: short. goal: what the customer wants. help: how it is done.
    """

    title: str
    goal: str
    help: str


CARD_WORDS: dict[CardKey, CardWords] = {
    CardKey.SALE: CardWords(
        N_("A sale in cash"),
        N_("A customer takes {first} twice and {second} once, and pays cash."),
        N_("Scan the codes, the first one twice. F12, then exact cash, then finish."),
    ),
    CardKey.SPLIT_TENDER: CardWords(
        N_("Two ways to pay"),
        N_("{first} and {second}. {cash} in cash, the rest by {tender}."),
        N_("F12; type the amount and press Cash; then press the other tender."),
    ),
    CardKey.PARKED: CardWords(
        N_("A sale is parked"),
        N_(
            "With {first} rung up, the customer has forgotten the purse. Serve the "
            "next one, who takes {second}. Then the first comes back and pays."
        ),
        N_("F8 parks. Sell to the next customer. F9 and F12 take the first up again."),
    ),
    CardKey.UNKNOWN_BARCODE: CardWords(
        N_("A barcode nobody knows"),
        N_(
            "{first}, and goods whose barcode the shop does not have. On the "
            "package it says {second}: sell that."
        ),
        N_("Scan both codes. On the red line press find by name and type the name."),
    ),
    CardKey.PRICE_OVERRIDE: CardWords(
        N_("Another price"),
        N_("{first} has a dented box. Your manager agreed: it costs {price}."),
        N_("Scan it, press F6, type the price and choose a reason. Then take payment."),
    ),
    CardKey.WRONG_TENDER: CardWords(
        N_("The wrong tender"),
        N_(
            "Sale {number} was finished as cash, but the customer had paid by "
            "{tender}. Put it right."
        ),
        N_("Touch the last sale above the ticket, then change tender."),
    ),
    CardKey.RETURN_NO_RECEIPT: CardWords(
        N_("A return without a receipt"),
        N_("{first} comes back, unopened. The customer has no receipt, wants money."),
        N_("F10, without a receipt, scan it, give a reason, then refund."),
    ),
    CardKey.EXCHANGE: CardWords(
        N_("An exchange"),
        N_("Of sale {number} the customer gives {first} back and takes {second}."),
        N_("F10, scan the receipt, mark the goods and a reason; then scan the others."),
    ),
    CardKey.PAPER_OUT: CardWords(
        N_("Out of paper"),
        N_("The printer has no paper. Sell {first} in cash; then put a roll in."),
        N_("Finish the sale: its slip waits. Put paper in; do not print it again."),
    ),
    CardKey.NETWORK_DOWN: CardWords(
        N_("The network is down"),
        N_("Two customers: {first}, then {second}. Phone payments cannot be checked."),
        N_("Sell as always and take cash: the till keeps everything by itself."),
    ),
    CardKey.CLOCK_WRONG: CardWords(
        N_("The clock stands wrong"),
        N_(
            "The till's clock was put back {minutes} minutes, and that is right now. "
            "Sell {first} in cash and have the clock confirmed."
        ),
        N_("Sell on. Touch the clock below; a supervisor confirms with a PIN."),
    ),
    CardKey.SHIFT_CLOSE: CardWords(
        N_("Closing the shift"),
        N_("The day is over. In the drawer lies: {pieces}. Count and close."),
        N_("Open the tab Shift, close, count every piece, then close with the Z."),
    ),
}

STEP_WORDS: dict[str, str] = {
    "rung": N_("The right goods are rung up"),
    "paid_cash": N_("Paid in cash and finished"),
    "part_cash": N_("{cash} taken in cash"),
    "rest_other": N_("The rest paid by {tender}"),
    "parked": N_("The first sale is parked"),
    "second_served": N_("The second customer has paid"),
    "resumed": N_("The first sale is taken up again"),
    "first_paid": N_("The first customer has paid"),
    "red_line": N_("The unknown code is scanned"),
    "found_by_name": N_("The goods are found by name"),
    "price_set": N_("The price is {price}"),
    "paid": N_("Paid and finished"),
    "tender_corrected": N_("The tender is {tender}"),
    "goods_back": N_("The right goods come back"),
    "reason_given": N_("The reason is given"),
    "refunded": N_("The money is given back"),
    "goods_out": N_("The other goods are rung up"),
    "settled": N_("The difference is settled in one ticket"),
    "sold_on": N_("The sale is finished all the same"),
    "paper_in": N_("There is paper again"),
    "slip_came": N_("The slip came by itself"),
    "first_served": N_("The first customer has paid in cash"),
    "second_served_cash": N_("The second customer has paid in cash"),
    "clock_confirmed": N_("A supervisor confirmed the clock"),
    "counted": N_("Counted right"),
    "closed": N_("The shift is closed"),
}

MISTAKE_WORDS: dict[Mistake, str] = {
    Mistake.WRONG_GOODS: N_("Wrong goods or quantity"),
    Mistake.WRONG_AMOUNT: N_("Wrong amount"),
    Mistake.WRONG_TENDER: N_("Wrong way of paying"),
    Mistake.WRONG_PRICE: N_("Wrong price"),
    Mistake.WRONG_COUNT: N_("Cash counted wrong"),
    Mistake.WRONG_PIN: N_("Wrong PIN"),
    Mistake.TAKEN_BACK: N_("A line was taken back"),
    Mistake.VOIDED: N_("A whole sale was given up"),
    Mistake.REVERSED: N_("A finished sale was voided"),
    Mistake.REPRINTED: N_("A slip was printed twice"),
    Mistake.LEFT_OUT: N_("Goods the customer wanted were left out"),
    Mistake.MIXED: N_("Two customers on one ticket"),
    Mistake.TWO_TICKETS: N_("The exchange took two tickets"),
}

LEVEL_WORDS: dict[Level, str] = {
    Level.NONE: N_("No level yet"),
    Level.BASIC: N_("Basic"),
    Level.ADVANCED: N_("Advanced"),
    Level.EXPERT: N_("Expert"),
}
