"""The administration of members: lists, one in detail, changes, merges, erasure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk

if TYPE_CHECKING:
    from pos_app.services.member_change import MemberChanges
    from pos_app.services.member_doubles import MemberDoubles
    from pos_app.services.member_erasure import MemberErasure
    from pos_app.services.member_file_columns import MemberFileColumns
    from pos_app.services.member_import import MemberImports
    from pos_app.services.member_means import MemberMeans
    from pos_app.services.member_merge import MemberMerging
    from pos_app.services.member_pages import MemberPages
    from pos_app.services.member_person import MemberPerson


class MemberAdmin:
    """Makes each of its services when it is first asked for."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk, self._credentials = desk, credentials

    @cached_property
    def pages(self) -> MemberPages:
        """Lists of members, and one in detail; masked."""
        from pos_app.services.member_pages import MemberPages

        return MemberPages(self._desk)

    @cached_property
    def changes(self) -> MemberChanges:
        """Profile, PIN, consents, tags."""
        from pos_app.services.member_change import MemberChanges

        return MemberChanges(self._desk, self._credentials)

    @cached_property
    def means(self) -> MemberMeans:
        """Number, cards and phones."""
        from pos_app.services.member_means import MemberMeans

        return MemberMeans(self._desk)

    @cached_property
    def merging(self) -> MemberMerging:
        """Two members who are one person, and the way back."""
        from pos_app.services.member_merge import MemberMerging

        return MemberMerging(self._desk)

    @cached_property
    def doubles(self) -> MemberDoubles:
        """Who was perhaps enrolled twice."""
        from pos_app.services.member_doubles import MemberDoubles

        return MemberDoubles(self._desk)

    @cached_property
    def person(self) -> MemberPerson:
        """Everything that the shop holds of one person, for a purpose."""
        from pos_app.services.member_person import MemberPerson

        return MemberPerson(self._desk)

    @cached_property
    def erasure(self) -> MemberErasure:
        """A person who asks to be forgotten."""
        from pos_app.services.member_erasure import MemberErasure

        return MemberErasure(self._desk)

    @cached_property
    def file_columns(self) -> MemberFileColumns:
        """What the columns of files of members mean."""
        from pos_app.services.member_file_columns import MemberFileColumns

        return MemberFileColumns(self._desk)

    @cached_property
    def imports(self) -> MemberImports:
        """Members of a file."""
        from pos_app.services.member_import import MemberImports

        return MemberImports(self._desk)
