"""Promotions in the Chinese of Taiwan."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from pos_app.documents.promotion_phrases import Phrases
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import canonical

_DIGITS = "零一二三四五六七八九十"
_CLAUSES = {
    "sentence": "{when}{audience}{deal}{trigger}{limits}{alone}{where}",
    "lead": "{words} ",
    "tail": "，{words}",
    "goods.all": "全部商品",
    "goods.none": "選擇商品",
    "goods.except": "{goods}（{others}除外）",
    "goods.join": "、",
    "goods.more": "{goods}等 {count} 種",
    "goods.gone": "已下架的商品",
    "unit.percentage": "{goods} {off}",
    "unit.amount": "{goods} 每件折 {off}",
    "unit.price": "{goods} 特價 {off}",
    "tier": "{goods} {steps}",
    "tier.line": "{goods} 同款{steps}",
    "step.percentage": "滿 {count} 件 {off}",
    "step.amount": "滿 {count} 件每件折 {off}",
    "step.price": "滿 {count} 件每件 {off}",
    "steps.join": "，",
    "nth.second.half": "{goods} 第{every}件{off}",
    "nth.second.percentage": "{goods} 第{every}件 {off}",
    "nth.second.amount": "{goods} 第{every}件折 {off}",
    "nth.second.price": "{goods} 第{every}件 {off}",
    "nth.pair.free": "{goods} 買一送一",
    "nth.free": "{goods} 每買{every}件免費{cheapest}件",
    "nth.percentage": "{goods} 每 {every} 件，最低價的 {cheapest} 件 {off}",
    "nth.amount": "{goods} 每 {every} 件，最低價的 {cheapest} 件各折 {off}",
    "nth.price": "{goods} 每 {every} 件，最低價的 {cheapest} 件只要 {off}",
    "cheapest": "{count}",
    "cheapest.one": "{count}",
    "nfor": "{goods} 任選 {count} 件 {price}",
    "nfor.free": "免費",
    "slot": "{goods}",
    "slot.many": "{goods} {count} 件",
    "slot.percentage": "{slot} {off}",
    "slot.amount": "{slot} 每件折 {off}",
    "slot.price": "{slot} 每件 {off}",
    "slots.join": " + ",
    "bundle.own": "買 {bought}，{lowered}",
    "bundle.percentage": "{slots} 合購 {off}",
    "bundle.amount": "{slots} 合購折 {off}",
    "bundle.price": "{slots} 組合價 {off}",
    "gift.bought": "買 {goods} {count} 件，{price} {gift} {gift_count} 件",
    "gift.spent": "{goods} 滿 {threshold}，{price} {gift} {gift_count} 件",
    "gift.free": "送",
    "gift.price": "加價 {price} 換購",
    "spend": "{goods} {steps}",
    "spend.all": "{steps}",
    "spend.step.percentage": "滿 {threshold} 打 {off}",
    "spend.step.amount": "滿 {threshold} 折 {off}",
    "spend.step.price": "滿 {threshold} 只付 {off}",
    "spend.flat.amount": "現折 {off}",
    "spend.flat.amount.whole": "{threshold}現折 {off}",
    "spend.flat.percentage": "整筆打 {off}",
    "spend.flat.percentage.whole": "{threshold}打 {off}",
    "spend.any": "不限金額",
    "spend.repeats": "每滿 {threshold} 折 {off}",
    "spend.most": "，最多折 {most}",
    "spend.net": "（以折扣後金額計算）",
    "off.half": "半價",
    "off.free": "免費",
    "audience.everyone": "所有顧客",
    "audience.member": "會員",
    "audience.none": "選擇會員",
    "audience.tier": "{values} 會員",
    "audience.newcomer": "首購顧客",
    "audience.birthday": "當月壽星會員",
    "audience.birth_date": "生日當天的會員",
    "audience.tag": "{values} 的會員",
    "audience.staff": "員工",
    "where.only": "僅限{places}",
    "where.other": "另 {count} 家門市",
    "where.other.one": "另 {count} 家門市",
    "where.shop": "店內",
    "where.online": "線上",
    "when.always": "不限時間",
    "when.join": " ",
    "when.from": "{start} 起",
    "when.until": "{end} 止",
    "when.between": "{start} 至 {end}",
    "when.over": "永不",
    "days.span": "{first}至{last}",
    "days.join": "、",
    "hours.after": "{start} 後",
    "hours.before": "{end} 前",
    "hours.between": "{start}–{end}",
    "hours.night": "{start} 至隔日 {end}",
    "trigger.auto": "自動",
    "trigger.coupon": "憑優惠券",
    "trigger.manual": "由收銀員選用",
    "limits.none": "不限次數",
    "limits.basket": "每筆限 {count} 次",
    "limits.member": "每位會員限 {count} 次",
    "limits.member.day": "每位會員每日限 {count} 次",
    "limits.member.week": "每位會員每週限 {count} 次",
    "limits.member.month": "每位會員每月限 {count} 次",
    "limits.period.day": "每日限 {count} 次",
    "limits.period.week": "每週限 {count} 次",
    "limits.period.month": "每月限 {count} 次",
    "limits.period.ever": "共限 {count} 次",
    "limits.all": "總共限 {count} 次",
    "limits.join": "，",
    "alone.yes": "不與其他優惠併用",
}


def _percentage(percentage: Percentage) -> str:
    """Write what is left: 9 折; with two digits as Taiwan says it: 85 折."""
    left = 1_000_000 - percentage.millionths
    if left <= 0:
        return _CLAUSES["off.free"]
    if left == 500_000:
        return _CLAUSES["off.half"]
    if left > 100_000 and left % 10_000 == 0 and left % 100_000:
        return f"{left // 10_000} 折"
    return f"{canonical(Decimal(left) / 100_000)} 折"


def _spoken(number: int) -> str:
    return _DIGITS[number] if 0 <= number <= 10 else str(number)


def _day(_year: int, month: int, day: int) -> str:
    return f"{month}/{day}"


def _count(number: Decimal) -> str:
    return str(canonical(number))


ZH_TW = Phrases(
    clauses=MappingProxyType(_CLAUSES),
    percentage=_percentage,
    count=_count,
    ordinal=_spoken,
    spoken=_spoken,
    days=("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
    day=_day,
)
