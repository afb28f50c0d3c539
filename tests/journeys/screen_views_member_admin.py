"""Members in the back office: tabs, doubles, two side by side."""

from __future__ import annotations

from collections.abc import Iterator

from tests.builders_members import LIN, WANG, enrolled
from tests.journeys.screen_till import ScreenTill


def member_admin_views(till: ScreenTill) -> Iterator[str]:
    """Show the views; begins and ends in the back office."""
    counter = till.work.counter
    for phone in (LIN, WANG):
        if not counter.members.find(phone):
            enrolled(counter, phone, "林可怡", birthday=(5, 17))
    till.press("tab_office")
    till.press("go-members")
    part = till.flow.features.back_office.part
    till.wait(lambda: len(part.list.rows()) >= 2)
    yield "members, nobody chosen"
    (member_id,) = counter.member_admin.pages.found(LIN)
    part.on_row(member_id)
    till.wait(lambda: part.member is not None)
    for tab in ("profile", "means", "balance", "coupons", "consents", "history"):
        part.on_view(tab)
        yield f"members, {tab}"
    part.on_act("doubles")
    till.wait(lambda: not part.is_working)
    yield "members, enrolled twice"
    part.on_table_row(part.state.table.table.rows[0].key)
    till.wait(lambda: not part.is_working)
    yield "members, side by side"
    part.back()
    file = till.folder.root / "members.csv"
    file.write_text("A,B\n13712345678,70\n", "utf-8")
    part.file.look(str(file))
    till.wait(lambda: not part.is_working)
    yield "members, the columns of a file"
    till.touch_row("tableRows", "A")
    yield "members, what a column is"
    till.press("dialogClose")
    part.back()
    till.press("memberFilter")
    yield "members, which are shown"
    till.press("dialogClose")
