"""Masks show no more than allowed; one number has one index; sealed stays sealed."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.member.masking import (
    HEAD_DIGITS,
    LEAST_HIDDEN,
    TAIL_DIGITS,
    mask_code,
    mask_digits,
    mask_name,
    mask_phone,
)
from pos_app.domain.member.merging import MemberMerge, Merges
from pos_app.domain.member.phone import read_phone
from pos_app.errors import UserError
from pos_app.persistence.member_vault import KeyedMemberVault
from pos_app.values.times import Timestamp

VAULT = KeyedMemberVault(b"p" * 32)
FULL_WIDTH = str.maketrans("0123456789+-() ", "０１２３４５６７８９＋－（）　")
CHINA = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
TAIWAN = st.from_regex(r"9[0-9]{8}", fullmatch=True)
HONG_KONG = st.from_regex(r"[69][0-9]{7}", fullmatch=True)


@st.composite
def two_writings(draw) -> tuple[str, str, str]:
    """Return a region and two writings of one number of it."""
    region, code, digits, trunk = draw(
        st.one_of(
            st.tuples(st.just("CN"), st.just("86"), CHINA, st.sampled_from(["", "0"])),
            st.tuples(st.just("TW"), st.just("886"), TAIWAN, st.just("0")),
            st.tuples(st.just("HK"), st.just("852"), HONG_KONG, st.just("")),
            st.tuples(st.just("MO"), st.just("853"), HONG_KONG, st.just("")),
        )
    )

    def written() -> str:
        begin = draw(st.sampled_from(["", trunk, f"+{code}", f"+{code} {trunk}"]))
        kept = draw(st.sampled_from([digits, "-".join(digits), " ".join(digits)]))
        text = f"{begin} {kept} "
        return text.translate(FULL_WIDTH) if draw(st.booleans()) else text

    return region, written(), written()


@given(case=two_writings())
@settings(deadline=None)
def test_all_writings_of_a_number_have_one_index(case) -> None:
    region, first, second = case
    one = read_phone(first, region, is_sure=True)
    other = read_phone(second, region, is_sure=True)
    assert one == other
    assert VAULT.phone_index(one) == VAULT.phone_index(other)
    assert VAULT.last_four_index(one.last_four) == VAULT.last_four_index(
        other.last_four
    )
    assert VAULT.newcomer_digest(one) == VAULT.newcomer_digest(other)
    assert read_phone(one.e164, region, is_sure=True) == one


@given(one=CHINA, other=CHINA)
@settings(deadline=None)
def test_different_numbers_have_different_indexes(one: str, other: str) -> None:
    first, second = read_phone(one, "CN"), read_phone(other, "CN")
    assert (VAULT.phone_index(first) == VAULT.phone_index(second)) == (one == other)


@given(text=st.text(max_size=50), region=st.sampled_from(["CN", "TW", "HK", "MO"]))
@settings(deadline=None)
def test_any_text_is_a_number_or_a_clear_refusal(text: str, region: str) -> None:
    try:
        assert read_phone(text, region).e164[1:].isdigit()
    except UserError as refused:
        assert refused.key.startswith("member_phone_")  # noqa: PT017 - it may be read


@given(case=two_writings(), home=st.sampled_from([86, 852, 853, 886]))
@settings(deadline=None)
def test_a_masked_number_hides_four_digits_at_least(case, home: int) -> None:
    region, text, _again = case
    phone = read_phone(text, region, is_sure=True)
    shown = mask_phone(phone, home)
    assert shown.count("*") >= LEAST_HIDDEN
    plain = shown.split(" ")[-1]
    head, tail = plain.split("*")[0], plain.split("*")[-1]
    assert len(head) <= HEAD_DIGITS
    assert len(tail) <= TAIL_DIGITS
    assert phone.national not in shown


@given(digits=st.text("0123456789", max_size=30))
def test_masked_digits_keep_their_length_and_hide_half_of_what_is_short(digits) -> None:
    shown = mask_digits(digits)
    assert len(shown) == len(digits)
    assert shown.count("*") >= min(LEAST_HIDDEN, (len(digits) + 1) // 2)


@given(name=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)))
def test_a_masked_chinese_name_shows_two_characters_at_most(name: str) -> None:
    shown = mask_name(name)
    seen = [sign for sign in shown if sign != "*"]
    assert len(seen) <= (1 if len(name) <= 2 else 2)
    assert len(shown) <= 6
    if name:
        assert "*" in shown


@given(name=st.text(max_size=80))
def test_a_masked_name_of_any_script_shows_three_signs_at_most(name: str) -> None:
    shown = mask_name(name)
    seen = [sign for sign in shown if sign not in "* "]
    assert len(seen) <= 3
    assert "***" in shown or "*" in shown or not shown


@given(code=st.text("0123456789ABCDEF", max_size=40))
def test_a_masked_card_shows_a_quarter_at_most(code: str) -> None:
    shown = mask_code(code).lstrip("*")
    assert len(shown) <= min(4, len(code) // 4)
    assert code.endswith(shown)


@given(content=st.binary(max_size=2000), again=st.binary(max_size=2000))
@settings(deadline=None)
def test_what_was_sealed_opens_as_it_was(content: bytes, again: bytes) -> None:
    sealed = VAULT.seal("m", content)
    assert VAULT.open(sealed) == content
    assert VAULT.open(VAULT.reseal(sealed, again)) == again
    assert len(content) < 16 or content not in sealed.content


MERGES = st.lists(
    st.builds(
        lambda number, kept, gone: (number, kept, gone),
        st.integers(0, 9),
        st.sampled_from("abcde"),
        st.sampled_from("abcde"),
    ),
    max_size=8,
)


@given(pairs=MERGES, chance=st.randoms(use_true_random=False))
def test_merges_in_any_order_lose_nobody_and_end(pairs, chance) -> None:
    facts = [
        MemberMerge(f"m{at:02}{place}", kept, gone, Timestamp(at), "staff")
        for place, (at, kept, gone) in enumerate(pairs)
    ]
    merges = Merges.of(facts)
    mixed = [*facts, *facts[:2]]
    chance.shuffle(mixed)
    assert Merges.of(mixed) == merges
    people = {merges.person_of(one) for one in "abcde"}
    histories = [one for person in people for one in merges.ids_of(person)]
    assert sorted(histories) == list("abcde")
    assert {*merges.facts, *merges.contradicted} == set(facts)


def test_three_merges_of_one_moment_have_one_answer() -> None:
    facts = [
        MemberMerge(f"m{kept}{gone}", kept, gone, Timestamp(0), "staff")
        for kept, gone in ("ab", "bc", "ca")
    ]
    assert len({Merges.of(p).facts for p in permutations(facts)}) == 1
