"""Birthdays, consent, recognition, merges and phones that change hands: facts."""

from datetime import date
from itertools import permutations

import pytest

from pos_app.domain.member.birthday import set_birthday
from pos_app.domain.member.consent import (
    ConsentEntry,
    ConsentLedger,
    Purpose,
)
from pos_app.domain.member.member import (
    Member,
    check_name,
    check_source,
    check_tags,
)
from pos_app.domain.member.merging import MemberMerge, Merges, MergeUndone
from pos_app.domain.member.name_terms import asked_term, name_key, name_terms
from pos_app.domain.member.phone_holding import (
    HoldingEnd,
    PhoneHolding,
    holder,
    take_phone,
)
from pos_app.domain.member.recognition import (
    COPYABLE,
    Means,
    Recognition,
    RecognitionPolicy,
    Strength,
    stronger,
)
from pos_app.errors import UserError
from pos_app.persistence.catalog import chinese
from pos_app.values.times import Timestamp

NOON = Timestamp(1_790_000_000_000)
LATER = NOON.plus_seconds(60)
POLICY = RecognitionPolicy(copyable_burn_points=100, medium_burn_points=5000)
TODAY = date(2026, 9, 21)


# ------------------------------------------------------------------- birthday
def test_a_birthday_is_locked_for_twelve_months() -> None:
    first = set_birthday(None, 5, 20, TODAY)
    assert set_birthday(first, 5, 20, date(2027, 1, 1)) is first
    with pytest.raises(UserError) as refused:
        set_birthday(first, 6, 1, date(2027, 9, 20))
    assert refused.value.params == {"until": date(2027, 9, 21)}
    assert set_birthday(first, 6, 1, date(2027, 9, 21)).month == 6


def test_a_day_that_no_month_has_is_refused() -> None:
    for month, day in ((2, 30), (13, 1), (0, 1), (4, 31), (1, 0)):
        with pytest.raises(UserError, match="member_birthday_shape"):
            set_birthday(None, month, day, TODAY)


def test_who_is_born_on_the_29th_of_february_is_greeted_every_year() -> None:
    born = set_birthday(None, 2, 29, date(2028, 2, 29))
    assert born.in_year(2028) == date(2028, 2, 29)
    assert born.is_on(date(2027, 2, 28))
    assert not born.is_on(date(2028, 2, 28))
    assert born.locked_until == date(2029, 3, 1)


# -------------------------------------------------------------------- consent
def entry(number: int, *, given: bool, version="2026-03", purpose=Purpose.MARKETING):
    at = NOON.plus_seconds(number)
    return ConsentEntry(f"e{number}", "anna", purpose, version, given, at)


def test_what_holds_is_the_newest_fact_of_a_purpose() -> None:
    ledger = ConsentLedger().with_entry(entry(1, given=True))
    assert ledger.allows(Purpose.MARKETING)
    assert not ledger.allows(Purpose.PROFILING)
    ledger = ledger.with_entry(entry(2, given=False))
    assert not ledger.allows(Purpose.MARKETING)
    assert ledger.at(NOON.plus_seconds(1)).allows(Purpose.MARKETING)
    assert len(ledger.entries) == 2


def test_consent_to_an_old_text_is_none_to_a_new_one() -> None:
    ledger = ConsentLedger().with_entry(entry(1, given=True))
    assert ledger.allows(Purpose.MARKETING, "2026-03")
    assert not ledger.allows(Purpose.MARKETING, "2026-09")
    renewed = ledger.with_entry(entry(2, given=True, version="2026-09"))
    assert renewed.allows(Purpose.MARKETING, "2026-09")


def test_the_same_consent_twice_is_one_fact() -> None:
    ledger = ConsentLedger().with_entry(entry(1, given=True))
    assert ledger.with_entry(entry(2, given=True)) is ledger


def test_consent_needs_a_text_and_a_withdrawal_something_to_withdraw() -> None:
    with pytest.raises(UserError, match="member_consent_text"):
        ConsentLedger().with_entry(entry(1, given=True, version=" "))
    with pytest.raises(UserError, match="member_consent_not_given"):
        ConsentLedger().with_entry(entry(1, given=False))


def test_a_fact_is_judged_by_what_held_at_its_moment() -> None:
    ledger = ConsentLedger.of([entry(1, given=True), entry(5, given=False)])
    late = ledger.with_entry(entry(3, given=False))
    assert len(late.entries) == 3
    with pytest.raises(UserError, match="member_consent_not_given"):
        ledger.with_entry(entry(6, given=False))


def test_facts_in_any_order_are_one_ledger() -> None:
    facts = [entry(n, given=n % 2 == 1) for n in range(1, 5)]
    ledgers = {ConsentLedger.of((*some, facts[0])) for some in permutations(facts)}
    assert len(ledgers) == 1


# ---------------------------------------------------------------- recognition
def seen(means: Means, at=NOON, who="anna") -> Recognition:
    return Recognition(who, means, at)


@pytest.mark.parametrize("means", list(Means))
def test_only_the_phones_typing_and_its_code_are_more_than_weak(means) -> None:
    wanted = {
        Means.PHONE_TYPED: Strength.MEDIUM,
        Means.ROTATING_CODE: Strength.STRONG,
    }
    strength = seen(means).strength(LATER, POLICY)
    assert strength is wanted.get(means, Strength.WEAK)


def test_weak_burns_nothing_but_a_little_with_a_card_in_the_hand() -> None:
    for means in Means:
        allowed = seen(means).allowance(LATER, POLICY)
        if means in COPYABLE:
            assert allowed.burn_points == 100
        assert allowed.may_use_value == (means is Means.ROTATING_CODE)
    assert seen(Means.LAST_FOUR).allowance(LATER, POLICY).burn_points == 0
    assert seen(Means.PHONE_SAID).allowance(LATER, POLICY).burn_points == 0
    default = RecognitionPolicy()
    assert seen(Means.CARD).allowance(LATER, default).burn_points == 0


def test_points_say_what_they_need() -> None:
    with pytest.raises(UserError) as refused:
        seen(Means.CARD).check_burn(101, LATER, POLICY)
    assert refused.value.params == {"points": 101, "limit": 100, "needs": "medium"}
    seen(Means.CARD).check_burn(100, LATER, POLICY)
    with pytest.raises(UserError) as refused:
        seen(Means.PHONE_TYPED).check_burn(5001, LATER, POLICY)
    assert refused.value.params["needs"] == "strong"
    seen(Means.ROTATING_CODE).check_burn(1_000_000, LATER, POLICY)


def test_a_recognition_fades_to_weak() -> None:
    late = NOON.plus_seconds(POLICY.fresh_s)
    pinned = seen(Means.ROTATING_CODE).with_pin(NOON)
    assert pinned.strength(late, POLICY) is Strength.WEAK
    assert seen(Means.CARD).allowance(late, POLICY).burn_points == 0


def test_a_second_scan_never_makes_the_same_member_weaker() -> None:
    strong = seen(Means.ROTATING_CODE)
    assert stronger(strong, seen(Means.CARD, LATER), POLICY) == strong
    assert stronger(seen(Means.CARD), strong, POLICY) == strong
    pinned = seen(Means.CARD).with_pin(NOON)
    kept = stronger(pinned, seen(Means.PHONE_TYPED, LATER), POLICY)
    assert (kept.means, kept.pin_at) == (Means.PHONE_TYPED, NOON)
    renewed = seen(Means.ROTATING_CODE, LATER)
    assert stronger(strong, renewed, POLICY) == renewed
    assert stronger(seen(Means.CARD), seen(Means.NAME, LATER), POLICY).means == "card"


def test_another_member_replaces_the_one_before_with_the_pin() -> None:
    pinned = seen(Means.ROTATING_CODE).with_pin(NOON)
    other = seen(Means.NAME, LATER, "ben")
    assert stronger(pinned, other, POLICY) == other
    assert stronger(None, other, POLICY) == other


def test_limits_that_contradict_each_other_are_refused() -> None:
    for wrong in ((-1, 5), (0, -1), (6, 5), (0, 0, 0)):
        with pytest.raises(UserError):
            RecognitionPolicy(*wrong)


# --------------------------------------------------------------------- merges
def merge(number: int, kept: str, absorbed: str) -> MemberMerge:
    at = NOON.plus_seconds(number)
    return MemberMerge(f"m{number}", kept, absorbed, at, "staff")


def test_merged_members_are_one_person_with_all_histories() -> None:
    merges = Merges().with_merge(merge(1, "a", "b")).with_merge(merge(2, "c", "a"))
    assert [merges.person_of(one) for one in "abcd"] == ["c", "c", "c", "d"]
    assert merges.ids_of("b") == ("c", "a", "b")
    assert merges.ids_of("d") == ("d",)


def test_a_merge_in_a_circle_with_oneself_or_twice_is_refused() -> None:
    merges = Merges().with_merge(merge(1, "a", "b"))
    for wrong, key in (
        (merge(2, "a", "a"), "member_merge_self"),
        (merge(2, "c", "b"), "member_merge_done"),
        (merge(2, "b", "a"), "member_merge_circle"),
    ):
        with pytest.raises(UserError) as refused:
            merges.with_merge(wrong)
        assert refused.value.key == key


def test_a_merge_that_was_wrong_is_taken_back() -> None:
    merges = Merges().with_merge(merge(1, "a", "b")).with_merge(merge(2, "c", "a"))
    undone = merges.without(MergeUndone("m2", LATER, "staff"))
    assert undone.person_of("b") == "a"
    assert undone.person_of("c") == "c"
    with pytest.raises(UserError, match="member_merge_unknown"):
        undone.without(MergeUndone("m2", LATER, "staff"))


def test_merges_of_two_tills_in_any_order_say_the_same() -> None:
    facts = [merge(1, "a", "b"), merge(2, "b", "a"), merge(3, "c", "b")]
    found = {
        (tuple(sorted(m.stands_for.items())), m.contradicted)
        for m in map(Merges.of, permutations(facts))
    }
    assert found == {((("b", "a"),), (facts[1], facts[2]))}


# --------------------------------------------------------------------- phones
def hold(who: str, at=NOON, index=b"i") -> PhoneHolding:
    return PhoneHolding(index, who, at)


def test_a_number_that_somebody_has_is_not_given_away_unasked() -> None:
    with pytest.raises(UserError) as refused:
        take_phone([hold("anna")], hold("ben", LATER))
    assert refused.value.key == "member_phone_taken"
    assert refused.value.params == {"member": "anna"}


def test_a_reissued_number_ends_the_old_owners_and_keeps_their_history() -> None:
    taken = take_phone([hold("anna")], hold("ben", LATER), is_reissued=True)
    (ended,) = taken.ended
    assert (ended.member_id, ended.until, ended.end) == (
        "anna",
        LATER,
        HoldingEnd.REISSUED,
    )
    assert taken.begun is not None
    history = [*taken.ended, taken.begun]
    assert holder(history, b"i") == hold("ben", LATER)
    assert len(history) == 2


def test_a_new_number_ends_the_members_old_one() -> None:
    taken = take_phone([hold("anna", index=b"old")], hold("anna", LATER))
    assert [one.end for one in taken.ended] == [HoldingEnd.CHANGED]
    assert taken.begun == hold("anna", LATER)
    assert holder(taken.ended, b"old") is None


def test_the_number_that_one_has_already_changes_nothing() -> None:
    taken = take_phone([hold("anna")], hold("anna", LATER))
    assert (taken.ended, taken.begun) == ((), None)


# --------------------------------------------------------------------- member
def member() -> Member:
    return Member("anna", 7, NOON)


def test_a_lost_phone_is_withdrawn_and_does_not_come_back() -> None:
    one = member().with_token(b"k" * 32, NOON)
    lost = one.without_token(b"k" * 32, LATER)
    assert lost.good_tokens == ()
    assert lost.tokens[0].withdrawn_at == LATER
    with pytest.raises(UserError, match="member_token_known"):
        lost.with_token(b"k" * 32, LATER)
    with pytest.raises(UserError, match="member_token_shape"):
        lost.with_token(b"k", LATER)


def test_a_member_has_few_phones() -> None:
    one = member()
    for number in range(5):
        one = one.with_token(bytes([number]) * 32, NOON)
    with pytest.raises(UserError, match="member_tokens_many"):
        one.with_token(b"x" * 32, NOON)


def test_what_stays_after_an_erasure_names_nobody() -> None:
    ledger = ConsentLedger().with_entry(entry(1, given=True))
    one = Member("anna", 7, NOON, "wx", "gold", ("宝妈",), (), ledger)
    gone = one.with_token(b"k" * 32, NOON).erased(LATER)
    assert (gone.tags, gone.good_tokens, gone.erased_at) == ((), (), LATER)
    assert gone.consents == ledger
    assert gone.erased(LATER.plus_seconds(9)).erased_at == LATER


def test_names_sources_and_tags_have_one_written_form() -> None:
    assert check_name("  Jane   Smith ") == "Jane Smith"
    assert check_source(" poster-3 ") == "poster-3"
    assert check_source("") == ""
    assert check_tags(("vip", " 宝妈 ", "vip", "")) == ("vip", "宝妈")
    with pytest.raises(UserError, match="member_name_long"):
        check_name("x" * 61)
    with pytest.raises(UserError, match="member_source_shape"):
        check_source("a b")
    with pytest.raises(UserError, match="member_tag_long"):
        check_tags(("x" * 25,))
    with pytest.raises(UserError, match="member_tags_many"):
        check_tags(tuple(map(str, range(25))))


# ---------------------------------------------------------------------- names
def terms(name: str) -> tuple[str, ...]:
    return name_terms(name, chinese.readings, chinese.simplify)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("林可怡", ["林可怡", "林 可怡", "可怡", "linkeyi", "keyi", "lky", "LKY"]),
        ("陳曉華", ["陳曉華", "陈晓华", "chenxiaohua", "晓华"]),
        ("单小梅", ["shanxiaomei", "sxm"]),
        ("曾毅", ["zengyi", "曾毅"]),
        ("欧阳娜娜", ["ouyangnana", "娜娜", "nana", "oynn"]),
        ("Jane Smith", ["jane smith", "JANESMITH", "smith", "Jane"]),
        ("Élodie", ["elodie", "Élodie"]),
    ],
)
def test_a_member_is_found_by_name_and_pinyin(name, asked) -> None:
    for text in asked:
        assert asked_term(text, chinese.simplify) in terms(name)


def test_a_surname_alone_is_no_word_of_its_own() -> None:
    assert not {"林", "lin", "欧阳", "ouyang"} & {*terms("林可怡"), *terms("欧阳娜娜")}


def test_a_name_of_signs_only_has_no_words() -> None:
    assert terms("·—!") == ()
    assert terms("") == ()


def test_a_list_of_members_is_sorted_by_pinyin() -> None:
    key = name_key("林可怡", chinese.readings, chinese.simplify)
    assert key == "lin ke yi"
    assert name_key("Jane Smith", chinese.readings, chinese.simplify) == "jane smith"
