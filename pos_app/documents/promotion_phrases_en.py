"""Promotions in English."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from pos_app.documents.promotion_phrases import Phrases
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import canonical

_CLAUSES = {
    "sentence": "{deal}{audience}{when}{trigger}{limits}{alone}{where}",
    "lead": ", {words}",
    "tail": ", {words}",
    "goods.all": "everything",
    "goods.none": "choose goods",
    "goods.except": "{goods} (not {others})",
    "goods.join": ", ",
    "goods.more": "{goods} and {more} more",
    "goods.gone": "goods that are gone",
    "unit.percentage": "{goods}: {off}",
    "unit.amount": "{goods}: {off} off each",
    "unit.price": "{goods} at {off} each",
    "tier": "{goods}: {steps}",
    "tier.line": "{goods}, of one kind: {steps}",
    "step.percentage": "from {count} on {off}",
    "step.amount": "from {count} on {off} off each",
    "step.price": "from {count} on {off} each",
    "steps.join": ", ",
    "nth.second.half": "{goods}: every {every} one {off}",
    "nth.second.percentage": "{goods}: every {every} one {off}",
    "nth.second.amount": "{goods}: every {every} one {off} off",
    "nth.second.price": "{goods}: every {every} one at {off}",
    "nth.pair.free": "{goods}: buy one, get one free",
    "nth.free": "{goods}: {cheapest} of every {every} free",
    "nth.percentage": "{goods}: the {cheapest} of every {every} {off}",
    "nth.amount": "{goods}: the {cheapest} of every {every} {off} off each",
    "nth.price": "{goods}: the {cheapest} of every {every} at {off} each",
    "cheapest": "{count} cheapest",
    "cheapest.one": "cheapest",
    "nfor": "any {count} of {goods} for {price}",
    "nfor.free": "nothing",
    "slot": "{goods}",
    "slot.many": "{count} × {goods}",
    "slot.percentage": "{slot} {off}",
    "slot.amount": "{slot} {off} off each",
    "slot.price": "{slot} at {off} each",
    "slots.join": " + ",
    "bundle.own": "buy {bought}, get {lowered}",
    "bundle.percentage": "{slots} together {off}",
    "bundle.amount": "{slots} together {off} off",
    "bundle.price": "{slots} together for {off}",
    "gift.bought": "buy {count} × {goods}, get {gift_count} × {gift} {price}",
    "gift.spent": "spend {threshold} on {goods}, get {gift_count} × {gift} {price}",
    "gift.free": "free",
    "gift.price": "for {price} each",
    "spend": "{goods}: {steps}",
    "spend.all": "{steps}",
    "spend.step.percentage": "spend {threshold}, {off}",
    "spend.step.amount": "spend {threshold}, {off} off",
    "spend.step.price": "spend {threshold}, pay {off}",
    "spend.flat.amount": "{off} off",
    "spend.flat.amount.whole": "{threshold}: {off} off",
    "spend.flat.percentage": "the whole sale {off}",
    "spend.flat.percentage.whole": "{threshold}: {off}",
    "spend.any": "any amount",
    "spend.repeats": "for every {threshold} spent {off} off",
    "spend.most": ", {most} off at most",
    "spend.net": " (counted after other deals)",
    "off.half": "half price",
    "off.free": "free",
    "audience.everyone": "for everybody",
    "audience.member": "for members",
    "audience.none": "for members to be chosen",
    "audience.tier": "for {values} members",
    "audience.newcomer": "for new customers",
    "audience.birthday": "for members in the month of their birthday",
    "audience.birth_date": "for members on their birthday",
    "audience.tag": "for members tagged {values}",
    "audience.staff": "for staff",
    "where.only": "only in {places}",
    "where.other": "{count} other shops",
    "where.other.one": "one other shop",
    "where.shop": "the shop",
    "where.online": "the online shop",
    "when.always": "at any time",
    "when.join": " ",
    "when.from": "from {start} on",
    "when.until": "until {end}",
    "when.between": "from {start} until {end}",
    "when.over": "never",
    "days.span": "{first} to {last}",
    "days.join": ", ",
    "hours.after": "after {start}",
    "hours.before": "before {end}",
    "hours.between": "{start}–{end}",
    "hours.night": "{start} until {end} the next day",
    "trigger.auto": "by itself",
    "trigger.coupon": "with a coupon",
    "trigger.manual": "when the cashier chooses it",
    "limits.none": "any number of times",
    "limits.basket": "at most {count} × per basket",
    "limits.member": "at most {count} × per member",
    "limits.member.day": "at most {count} × per member and day",
    "limits.member.week": "at most {count} × per member and week",
    "limits.member.month": "at most {count} × per member and month",
    "limits.period.day": "at most {count} × a day",
    "limits.period.week": "at most {count} × a week",
    "limits.period.month": "at most {count} × a month",
    "limits.period.ever": "at most {count} × ever",
    "limits.all": "at most {count} × in all",
    "limits.join": ", ",
    "alone.yes": "not with any other deal",
}
_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]
_MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _percentage(percentage: Percentage) -> str:
    if percentage.millionths >= 1_000_000:
        return _CLAUSES["off.free"]
    if percentage.millionths == 500_000:
        return _CLAUSES["off.half"]
    return f"{percentage} off"


def _spoken(number: int) -> str:
    return _NUMBERS[number] if 0 <= number <= 10 else str(number)


def _ordinal(number: int) -> str:
    if number == 2:
        return "second"
    tens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if tens else _ENDINGS.get(number % 10, 'th')}"


def _day(_year: int, month: int, day: int) -> str:
    return f"{day} {_MONTHS[month - 1]}"


def _count(number: Decimal) -> str:
    return str(canonical(number))


EN = Phrases(
    clauses=MappingProxyType(_CLAUSES),
    percentage=_percentage,
    count=_count,
    ordinal=_ordinal,
    spoken=_spoken,
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    day=_day,
)
