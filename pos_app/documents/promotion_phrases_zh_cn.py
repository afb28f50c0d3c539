"""Promotions in the Chinese of the mainland."""

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
    "goods.none": "选择商品",
    "goods.except": "{goods}（{others}除外）",
    "goods.join": "、",
    "goods.more": "{goods}等 {count} 种",
    "goods.gone": "已下架的商品",
    "unit.percentage": "{goods} {off}",
    "unit.amount": "{goods} 每件减 {off}",
    "unit.price": "{goods} 特价 {off}",
    "tier": "{goods} {steps}",
    "tier.line": "{goods} 同款{steps}",
    "step.percentage": "满 {count} 件 {off}",
    "step.amount": "满 {count} 件每件减 {off}",
    "step.price": "满 {count} 件每件 {off}",
    "steps.join": "，",
    "nth.second.half": "{goods} 第{every}件{off}",
    "nth.second.percentage": "{goods} 第{every}件 {off}",
    "nth.second.amount": "{goods} 第{every}件减 {off}",
    "nth.second.price": "{goods} 第{every}件 {off}",
    "nth.pair.free": "{goods} 买一送一",
    "nth.free": "{goods} 买{every}免{cheapest}",
    "nth.percentage": "{goods} 每 {every} 件，最便宜的 {cheapest} 件 {off}",
    "nth.amount": "{goods} 每 {every} 件，最便宜的 {cheapest} 件各减 {off}",
    "nth.price": "{goods} 每 {every} 件，最便宜的 {cheapest} 件只要 {off}",
    "cheapest": "{count}",
    "cheapest.one": "{count}",
    "nfor": "{goods} 任选 {count} 件 {price}",
    "nfor.free": "免费",
    "slot": "{goods}",
    "slot.many": "{goods} {count} 件",
    "slot.percentage": "{slot} {off}",
    "slot.amount": "{slot} 每件减 {off}",
    "slot.price": "{slot} 每件 {off}",
    "slots.join": " + ",
    "bundle.own": "买 {bought}，{lowered}",
    "bundle.percentage": "{slots} 一起买 {off}",
    "bundle.amount": "{slots} 一起买减 {off}",
    "bundle.price": "{slots} 一共 {off}",
    "gift.bought": "买 {goods} {count} 件，{price} {gift} {gift_count} 件",
    "gift.spent": "{goods} 满 {threshold}，{price} {gift} {gift_count} 件",
    "gift.free": "送",
    "gift.price": "加 {price} 换购",
    "spend": "{goods} {steps}",
    "spend.all": "{steps}",
    "spend.step.percentage": "满 {threshold} 打 {off}",
    "spend.step.amount": "满 {threshold} 减 {off}",
    "spend.step.price": "满 {threshold} 只付 {off}",
    "spend.flat.amount": "立减 {off}",
    "spend.flat.amount.whole": "{threshold}立减 {off}",
    "spend.flat.percentage": "整单打 {off}",
    "spend.flat.percentage.whole": "{threshold}打 {off}",
    "spend.any": "任意金额",
    "spend.repeats": "每满 {threshold} 减 {off}",
    "spend.most": "，最多减 {most}",
    "spend.net": "（按折后金额算）",
    "off.half": "半价",
    "off.free": "免费",
    "audience.everyone": "所有顾客",
    "audience.member": "会员",
    "audience.none": "选择会员",
    "audience.tier": "{values} 会员",
    "audience.newcomer": "新客",
    "audience.birthday": "生日当月的会员",
    "audience.birth_date": "生日当天的会员",
    "audience.tag": "{values} 的会员",
    "audience.staff": "员工",
    "where.only": "仅限{places}",
    "where.other": "另 {count} 家门店",
    "where.other.one": "另 {count} 家门店",
    "where.shop": "店内",
    "where.online": "线上",
    "when.always": "任何时候",
    "when.join": " ",
    "when.from": "{start} 起",
    "when.until": "{end} 止",
    "when.between": "{start} 至 {end}",
    "when.over": "永不",
    "days.span": "{first}至{last}",
    "days.join": "、",
    "hours.after": "{start} 后",
    "hours.before": "{end} 前",
    "hours.between": "{start}–{end}",
    "hours.night": "{start} 至次日 {end}",
    "trigger.auto": "自动",
    "trigger.coupon": "凭券",
    "trigger.manual": "由收银员选用",
    "limits.none": "不限次数",
    "limits.basket": "每单限 {count} 次",
    "limits.member": "每位会员限 {count} 次",
    "limits.member.day": "每位会员每天限 {count} 次",
    "limits.member.week": "每位会员每周限 {count} 次",
    "limits.member.month": "每位会员每月限 {count} 次",
    "limits.period.day": "每天限 {count} 次",
    "limits.period.week": "每周限 {count} 次",
    "limits.period.month": "每月限 {count} 次",
    "limits.period.ever": "共限 {count} 次",
    "limits.all": "总共限 {count} 次",
    "limits.join": "，",
    "alone.yes": "不与其他优惠同享",
}


def _percentage(percentage: Percentage) -> str:
    left = 1_000_000 - percentage.millionths
    if left <= 0:
        return _CLAUSES["off.free"]
    if left == 500_000:
        return _CLAUSES["off.half"]
    return f"{canonical(Decimal(left) / 100_000)} 折"


def _spoken(number: int) -> str:
    return _DIGITS[number] if 0 <= number <= 10 else str(number)


def _day(_year: int, month: int, day: int) -> str:
    return f"{month} 月 {day} 日"


def _count(number: Decimal) -> str:
    return str(canonical(number))


ZH_CN = Phrases(
    clauses=MappingProxyType(_CLAUSES),
    percentage=_percentage,
    count=_count,
    ordinal=_spoken,
    spoken=_spoken,
    days=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    day=_day,
)
