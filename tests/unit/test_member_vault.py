"""Personal data opens with its own key only, and not at all once that is gone."""

import json
from datetime import date

import pytest

from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.member.birthday import set_birthday
from pos_app.domain.member.member import MemberProfile
from pos_app.domain.member.phone import read_phone
from pos_app.errors import StorageError, UserError
from pos_app.persistence.key_ring import create_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.member_vault import KeyedMemberVault, vault_root
from pos_app.ports.member_vault import MemberVault, SealedProfile

WHO = "0190a000-0000-7000-8000-000000000001"
OTHER = "0190a000-0000-7000-8000-000000000002"
PHONE = read_phone("13812346217", "CN")


@pytest.fixture
def vault() -> MemberVault:
    return KeyedMemberVault(b"r" * 32)


def profile() -> MemberProfile:
    born = set_birthday(None, 2, 29, date(2026, 9, 21))
    return MemberProfile("林可怡", "lin ke yi", PHONE, born, "$argon2id$…", "老客")


def test_a_profile_comes_back_as_it_was_sealed(vault) -> None:
    content = json.dumps(to_plain(profile())).encode()
    sealed = vault.seal(WHO, content)
    opened = vault.open(sealed)
    assert opened == content
    assert from_plain(MemberProfile, json.loads(opened)) == profile()


def test_nothing_readable_and_no_length_is_stored(vault) -> None:
    short, long = vault.seal(WHO, b"a"), vault.seal(WHO, b"13812346217" * 20)
    assert b"13812346217" not in long.content
    assert len(short.content) == len(long.content)
    assert short.content not in repr(short).encode()


@pytest.mark.parametrize("content", [b"", b"\0\0", b"\x80", b"x" * 255, b"x" * 256])
def test_filling_up_changes_nothing(vault, content) -> None:
    assert vault.open(vault.seal(WHO, content)) == content


def test_changed_data_keeps_the_persons_key(vault) -> None:
    first = vault.seal(WHO, b"one")
    second = vault.reseal(first, b"two")
    assert second.wrapped_key == first.wrapped_key
    assert vault.open(second) == b"two"
    assert vault.seal(WHO, b"one") != first


def test_an_erased_person_is_read_by_nobody_even_from_an_old_copy(vault) -> None:
    sealed = vault.seal(WHO, b"one")
    gone = vault.erase(sealed)
    assert gone.is_erased
    assert gone.content == b""
    for left in (gone, SealedProfile(WHO, gone.wrapped_key, sealed.content)):
        with pytest.raises(UserError, match="member_erased"):
            vault.open(left)
        with pytest.raises(UserError, match="member_erased"):
            vault.reseal(left, b"again")


def test_what_was_swapped_or_changed_is_refused(vault) -> None:
    mine, yours = vault.seal(WHO, b"mine"), vault.seal(OTHER, b"yours")
    turned = bytes([*mine.content[:-1], mine.content[-1] ^ 1])
    for wrong in (
        SealedProfile(WHO, mine.wrapped_key, yours.content),
        SealedProfile(WHO, yours.wrapped_key, yours.content),
        SealedProfile(OTHER, mine.wrapped_key, mine.content),
        SealedProfile(WHO, mine.wrapped_key, turned),
        SealedProfile(WHO, mine.wrapped_key, mine.content[:20]),
        SealedProfile(WHO, mine.wrapped_key, b""),
        SealedProfile(WHO, b"\x02" + mine.wrapped_key[1:], mine.content),
    ):
        with pytest.raises(StorageError, match="member_data_damaged"):
            vault.open(wrong)


def test_another_shop_opens_and_finds_nothing(vault) -> None:
    other = KeyedMemberVault(b"s" * 32)
    with pytest.raises(StorageError, match="member_data_damaged"):
        other.open(vault.seal(WHO, b"one"))
    assert other.phone_index(PHONE) != vault.phone_index(PHONE)
    assert other.newcomer_digest(PHONE) != vault.newcomer_digest(PHONE)


def test_digests_of_different_kinds_do_not_meet(vault) -> None:
    digests = {
        vault.phone_index(PHONE),
        vault.name_index(PHONE.e164),
        vault.card_index(PHONE.e164),
        vault.newcomer_digest(PHONE)[:16],
    }
    assert len(digests) == 4
    assert len({vault.last_four_index("6217"), vault.name_index("6217")}) == 2
    assert vault.name_index("\ud800") != vault.name_index("")


def test_the_root_comes_from_the_ring_and_is_none_of_its_keys(tmp_path) -> None:
    ring, _code = create_key_ring(tmp_path, FileKeyStore(tmp_path))
    root = vault_root(ring)
    assert root == vault_root(ring)
    assert len(root) == 32
    assert root not in {ring.pin_pepper, ring.badge_key, ring.ledger_key}
