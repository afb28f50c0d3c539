"""Members who do not exist, for the sample shop and for each training."""

from __future__ import annotations

from pos_app.bootstrap import credentials_of
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.member_vault import KeyedMemberVault, vault_root
from pos_app.ports.clock import Ids


def enrol_made_up(ledger: SqlLedger, ring: KeyRing, ids: Ids) -> None:
    """Give a shop, or a training, members who do not exist."""
    # Late: a till that sells has members of its own.
    from pos_app.services.made_up_members import made_up_members

    vault = KeyedMemberVault(vault_root(ring))
    news = made_up_members(vault, ids, credentials_of(ring))
    ledger.submit(lambda unit: unit.members.add_all(news)).result()
