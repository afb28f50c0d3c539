"""Makes believable members of any number, for the bench and for tests.

Everything but the ids follows from the member's number: phones of a block that tests
use, names that anybody may have.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from pos_app.domain.member.card_code import write_card
from pos_app.domain.member.member import Member, MemberProfile
from pos_app.domain.member.phone import Phone
from pos_app.domain.member.profile_codec import profile_bytes
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import Ledger, UnitOfWork
from pos_app.ports.member_vault import MemberVault
from pos_app.ports.members import NewMember
from pos_app.values.times import Timestamp

CHUNK = 2_000
_CHINA = 86
#: Spreads neighbours over all phones and codes (Knuth's multiplicative hash).
_STRIDE = 2_654_435_761
_PHONES = 100_000_000
_NUMBERS = 1 << 64
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玲鹏飞红梅文斌宇浩然欣怡佳慧雪梦"
    "琪思雨晨曦子涵一诺俊豪天佑嘉宁可心语嫣若彤晓东海波建国志远春花秋月冬青"
)
_SOURCES = ("", "POSTER-1", "POSTER-2", "FRIEND", "1001", "1002")


class MadeUpMember(NamedTuple):
    """Somebody who does not exist.

    Attributes:
        phone: a number; `typed` is how a customer says it.
        name: as it is written.
        card: the static code.
    """

    phone: Phone
    name: str
    card: str

    @property
    def typed(self) -> str:
        """The digits that a customer types."""
        return self.phone.national


def made_up(number: int) -> MadeUpMember:
    """Return the member of a number, from 1."""
    digits = number * _STRIDE % _PHONES
    phone = Phone(_CHINA, f"130{digits:08}")
    return MadeUpMember(phone, _name(number), write_card(_card_number(number)))


def generate_members(
    ledger: Ledger,
    vault: MemberVault,
    ids: Ids,
    count: int,
    on_progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Enrol so many made-up members, in large transactions.

    Args:
        ledger: one without members.
        vault: of the same shop.
        ids: makes member ids.
        count: how many.
        on_progress: told how many are stored.
    """
    start = Timestamp.parse("2025-01-01T00:00:00Z")
    storing: Future[None] | None = None
    for first in range(1, count + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, count + 1))
        news = [_new(vault, ids, number, start) for number in numbers]

        def work(unit: UnitOfWork, news: list[NewMember] = news) -> None:
            unit.members.add_all(news)

        if storing is not None:  # the next ones are made while these are stored
            storing.result()
        storing = ledger.submit(work)
        on_progress(numbers[-1])
    ledger.flush()


def _new(vault: MemberVault, ids: Ids, number: int, start: Timestamp) -> NewMember:
    someone = made_up(number)
    profile = MemberProfile(
        name=someone.name, name_key=vault.name_key(someone.name), phone=someone.phone
    )
    member = Member(
        member_id=ids.new(),
        number=_card_number(number),
        enrolled_at=start.plus_seconds(number * 37),
        source=_SOURCES[number % len(_SOURCES)],
    )
    return NewMember(
        member=member,
        sealed=vault.seal(member.member_id, profile_bytes(profile)),
        indices=vault.indices(profile),
        seen=vault.newcomer_digest(someone.phone),
    )


def _card_number(number: int) -> int:
    return (number * _STRIDE * _STRIDE) % _NUMBERS or 1


def _name(number: int) -> str:
    rest, surname = divmod(number * _STRIDE, len(_SURNAMES))
    rest, first = divmod(rest, len(_GIVEN))
    second = _GIVEN[rest % len(_GIVEN)] if number % 5 else ""
    return _SURNAMES[surname] + _GIVEN[first] + second
