"""Words under which a member is found by name; they are stored as digests only.

A digest finds what is equal, not what begins alike, so each way of asking is a
word of its own. The surname alone is none: it finds thousands, and how often each
digest occurs would tell which it is.
"""

from __future__ import annotations

import itertools

from pos_app.domain.search_text import Readings, Simplify, fold

#: Characters that read otherwise as a surname (通用规范汉字表, 姓氏读音).
_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "朴": "piao", "查": "zha",
    "区": "ou", "盖": "ge", "任": "ren", "华": "hua", "乐": "yue", "翟": "zhai",
    "覃": "qin", "冼": "xian", "折": "she", "黑": "he", "尹": "yin", "缪": "miao",
    "宓": "mi", "员": "yun", "召": "shao", "繁": "po", "纪": "ji", "车": "che",
    "石": "shi", "叶": "ye", "沈": "shen", "长": "zhang", "种": "chong",
}  # fmt: skip
_COMPOUND = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"), "澹台": ("tan", "tai"), "欧阳": ("ou", "yang"),
    "司马": ("si", "ma"), "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"), "皇甫": ("huang", "fu"), "令狐": ("ling", "hu"),
    "慕容": ("mu", "rong"), "公孙": ("gong", "sun"), "司徒": ("si", "tu"),
}  # fmt: skip
_MOST_CHARACTERS = 6
_MOST_SPELLINGS = 4
MOST_TERMS = 16


def name_key(name: str, readings: Readings, simplify: Simplify) -> str:
    """Return the pinyin that a list of members is sorted by: "lin ke yi"."""
    spelt = _spellings(_folded(name, simplify), readings)
    return " ".join(spelt[0]) if spelt else _folded(name, simplify)


def name_terms(name: str, readings: Readings, simplify: Simplify) -> tuple[str, ...]:
    """Return the words to file a member's name under, at most MOST_TERMS.

    林可怡 is found as 林可怡, 林可儀's simplified form, 可怡, linkeyi, keyi, lky;
    Jane Smith as jane smith, janesmith, jane and smith.
    """
    whole = _folded(name, simplify)
    if not whole:
        return ()
    words = whole.split()
    found = [whole, "".join(words)]
    if len(words) > 1:
        found += [word for word in words if len(word) > 1]
    joined = "".join(words)
    for spelt in _spellings(joined, readings):
        surname = 2 if joined[:2] in _COMPOUND else 1
        given = spelt[surname:]
        found += ["".join(spelt), "".join(one[0] for one in spelt)]
        if len(given) > 1:
            found += [joined[surname:], "".join(given)]
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def asked_term(text: str, simplify: Simplify) -> str:
    """Return what somebody typed in the form that names are filed under."""
    return _folded(text, simplify)


def _folded(name: str, simplify: Simplify) -> str:
    signs = (sign if sign.isalnum() else " " for sign in fold(name, simplify))
    words = "".join(signs).split()
    is_chinese = bool(words) and all(map(_is_han, "".join(words)))
    return ("" if is_chinese else " ").join(words)


def _spellings(name: str, readings: Readings) -> list[tuple[str, ...]]:
    """Return how a Chinese name may be spelt, likeliest first; none for others."""
    if not 1 < len(name) <= _MOST_CHARACTERS or not all(map(_is_han, name)):
        return []
    surname: tuple[str, ...]
    if name[:2] in _COMPOUND and len(name) > 2:
        surname, given = _COMPOUND[name[:2]], name[2:]
    elif name[0] in _SURNAMES:
        surname, given = (_SURNAMES[name[0]],), name[1:]
    else:
        surname, given = (), name
    choices = [readings(sign) for sign in given]
    if not all(choices):
        return []
    spelt = itertools.product(*choices)
    return [surname + rest for rest in itertools.islice(spelt, _MOST_SPELLINGS)]


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"
