"""Two members who are perhaps one person: why somebody should look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.domain.member.phone import Phone


class Likeness(StrEnum):
    """Why two members look like one; the strongest first."""

    NAME_AND_BIRTHDAY = "name_and_birthday"
    NAME_AND_PHONE = "name_and_phone"  # numbers that differ by a slip of the finger
    SOUND_AND_BIRTHDAY = "sound_and_birthday"  # 林可怡 and 林可儀
    BIRTHDAY_AND_PHONE = "birthday_and_phone"


#: In the order in which they are shown.
_RANK = {why: at for at, why in enumerate(Likeness)}


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a member is compared.

    Attributes:
        member_id: whose. name: folded, "" for none. sound: its pinyin.
        birthday: month and day. phone: the number.
    """

    member_id: str
    name: str = field(default="", repr=False)
    sound: str = field(default="", repr=False)
    birthday: tuple[int, int] | None = field(default=None, repr=False)
    phone: Phone | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two members to look at.

    Attributes:
        first_id: the one with the smaller id: the older member. second_id: the other.
        why: the strongest likeness.
    """

    first_id: str
    second_id: str
    why: Likeness

    @property
    def rank(self) -> int:
        """0 for the likeliest."""
        return _RANK[self.why]


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """Return why two members look like one person; None when they do not.

    A name alone is no reason: a town has hundreds of 王伟.
    """
    same_name = bool(one.name) and one.name == other.name
    same_day = one.birthday is not None and one.birthday == other.birthday
    if same_name and same_day:
        return Likeness.NAME_AND_BIRTHDAY
    near = is_near(one.phone, other.phone)
    if same_name and near:
        return Likeness.NAME_AND_PHONE
    if same_day and one.sound and one.sound == other.sound:
        return Likeness.SOUND_AND_BIRTHDAY
    # Two names that say nothing of each other speak against it.
    if same_day and near and not (one.name and other.name):
        return Likeness.BIRTHDAY_AND_PHONE
    return None


def likely_pairs(members: Sequence[Traits]) -> tuple[LikelyPair, ...]:
    """Return the pairs of a group that look like one person, the likeliest first."""
    found = []
    for at, one in enumerate(members):
        for other in members[at + 1 :]:
            why = likeness(one, other)
            if why is not None and one.member_id != other.member_id:
                first, second = sorted((one.member_id, other.member_id))
                found.append(LikelyPair(first, second, why))
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda x: (x.rank, x.first_id, x.second_id)))


def is_near(one: Phone | None, other: Phone | None) -> bool:
    """Tell whether two numbers differ by one digit, or by two that changed places."""
    if one is None or other is None or one.country_code != other.country_code:
        return False
    if len(one.national) != len(other.national):
        return False
    pairs = enumerate(zip(one.national, other.national, strict=True))
    wrong = [at for at, (a, b) in pairs if a != b]
    if len(wrong) == 1:
        return True
    if len(wrong) != 2 or wrong[1] - wrong[0] != 1:
        return False
    first, second = wrong
    swapped = one.national[second] + one.national[first]
    return other.national[first : second + 1] == swapped
