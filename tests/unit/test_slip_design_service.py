"""Templates in force: printed, checked, kept in versions, and never in a sale's way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.template.forms import built_in_text, template_of
from pos_app.documents.template.renderer import render
from pos_app.documents.text import text_lines
from pos_app.domain.journal import EntryKind
from pos_app.domain.slip_form import STYLE, SlipKind, SlipStyle, StoredTemplate
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.checks.template_check import templates
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.journal_notes import journal_note
from pos_app.services.session import ApprovalNeeded
from pos_app.services.slip_design import PreparedLogo, check
from pos_app.services.slip_forms import style_of
from pos_app.services.slip_samples import sample_facts, sample_sale
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    NOON,
    fresh_shop,
    opened,
    prove,
    query,
    sell,
    sign_on,
)

OWN = built_in_text(SlipKind.RECEIPT).replace("{{ footer }}", "Mind the gap")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        yield found


def store(till: Till, change: CatalogChange) -> int:
    """Store a change as the back office does; return how many notes it left."""
    with till.editor() as editor:
        notes = editor.change(change.edit)
        for note in notes:
            till.counter.desk.record(journal_note(note, change.stamp)).result()
            editor.notes.drop(note.note_id)
    return len(notes)


def put(till: Till, kind: str, text: str) -> None:
    """Store a template unchecked, as an older program may have left it."""
    with till.editor() as editor:
        now = editor.template(kind)
        version = now.version + 1 if now else 1
        editor.put_template(StoredTemplate(kind, version, text, NOON, "somebody"))


def printed(till: Till) -> str:
    """Sell something and return its slip."""
    sale = sell(till.counter)
    slip = till.counter.slip
    return "\n".join(text_lines(slip.layout(sale, slip.form()), 48))


def test_the_next_slip_is_printed_by_the_template_and_then_as_ever(till: Till) -> None:
    design = till.counter.slip_design
    assert store(till, design.write(SlipKind.RECEIPT, OWN, 0)) == 1
    assert "Mind the gap" in printed(till)
    assert store(till, design.write(SlipKind.RECEIPT, "", 1)) == 1
    assert "Mind the gap" not in printed(till)
    assert store(till, design.undo(SlipKind.RECEIPT)) == 1
    assert "Mind the gap" in printed(till)
    assert [x.version for x in design.versions(SlipKind.RECEIPT)] == [3, 2, 1]
    bodies = query(till, "SELECT kind FROM journal WHERE kind = 'TemplateChanged'")
    assert len(bodies) == 3
    prove(till)


def test_the_built_in_text_is_no_own_template(till: Till) -> None:
    design = till.counter.slip_design
    for kind in SlipKind:
        assert store(till, design.write(kind, built_in_text(kind), 0)) == 0
        assert design.is_built_in(kind)


def test_a_template_changed_meanwhile_is_not_overwritten(till: Till) -> None:
    design = till.counter.slip_design
    mine = design.write(SlipKind.RECEIPT, OWN, 0)
    store(till, design.write(SlipKind.RECEIPT, OWN.replace("gap", "step"), 0))
    with pytest.raises(UserError) as refused:
        store(till, mine)
    assert refused.value.key == "template_changed_meanwhile"
    assert "step" in design.text(SlipKind.RECEIPT)


@pytest.mark.parametrize("kind", list(SlipKind))
def test_a_template_that_leaves_out_what_must_be_there_is_refused(
    till: Till, kind: SlipKind
) -> None:
    with pytest.raises(UserError) as refused:
        till.counter.slip_design.write(kind, "hello\n", 0)
    assert refused.value.key == "template_refused"
    assert refused.value.params["problem"] == "template_lacks"


def test_only_who_holds_the_settings_changes_a_template(till: Till) -> None:
    sign_on(till.counter, CASHIER)
    design = till.counter.slip_design
    for ask in (
        lambda: design.write(SlipKind.RECEIPT, OWN, 0),
        lambda: design.set_style(lambda style: replace(style, qr=False)),
        lambda: design.set_logo(None),
        lambda: design.undo(STYLE),
    ):
        with pytest.raises(ApprovalNeeded):
            ask()


@pytest.mark.parametrize(
    "text",
    [
        "{% for line in lines %}\n{{ line.name }}",
        "{{ oops",
        "".join(f"{{% for {x} in lines %}}\n" for x in "abc")
        + "{{ a.name }}\n" * 550
        + "{% endfor %}\n" * 3,
    ],
)
def test_a_template_that_fails_at_the_counter_never_stops_a_sale(
    till: Till, text: str
) -> None:
    put(till, SlipKind.RECEIPT, text)
    for _ in range(10):
        till.counter.sale.scan("S4")
    slip = printed(till)
    assert till.counter.desk.shop.name in slip
    found = till.counter.slip_forms.trouble.failed
    if SlipKind.RECEIPT not in found:  # a short sale is no endless one
        assert text.count("endfor") == 3
        return
    put(till, SlipKind.RECEIPT, OWN)
    assert "Mind the gap" in printed(till)
    assert till.counter.slip_forms.trouble.failed == {}
    prove(till)


def test_an_unknown_field_prints_nothing_and_the_doctor_says_so(till: Till) -> None:
    put(till, SlipKind.RECEIPT, OWN + "{{ shop.motto }}\n")
    put(till, SlipKind.GIFT, "{% if %}")
    assert "Mind the gap" in printed(till)
    assert till.counter.slip_forms.trouble.failed == {}
    room = CheckRoom(till.folder, till.ring, till.options.clock)
    found = {(x.params["template"], x.key) for x in templates(room)}
    room.close()
    assert found == {
        ("receipt", "template_field_gone"),
        ("gift", "template_unusable"),
    }


@pytest.mark.parametrize("kind", list(SlipKind))
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_built_in_template_of_every_paper_is_lawful(
    till: Till, kind: SlipKind, language: str
) -> None:
    shop = till.counter.desk.shop
    assert check(kind, built_in_text(kind), shop) == ()
    template = template_of(kind, built_in_text(kind))
    for facts in sample_facts(kind, shop, Words(language)):
        assert render(template, facts).missing == ()


def test_papers_in_parts_are_the_built_in_ones_block_by_block(till: Till) -> None:
    from pos_app.documents.shift_report import whole
    from pos_app.documents.template.part_forms import PART_FORMS, part_facts
    from pos_app.services.slip_sample_papers import Sample, sample_paper
    from pos_app.services.slip_samples import sample_basket

    shop, words = till.counter.desk.shop, Words("zh-CN")
    sample = Sample(sample_sale(shop, words), sample_basket(shop, words))
    for kind in PART_FORMS:
        for copy_number in (0, 1):
            paper = sample_paper(kind, sample, shop, words, copy_number)
            template = template_of(kind, built_in_text(kind))
            made = render(template, part_facts(paper, shop, words)).layout
            assert made == whole(dict(paper.parts), "zh-CN")


def test_the_switches_count_on_every_slip_and_are_undone(till: Till) -> None:
    design = till.counter.slip_design
    change = design.set_style(lambda style: replace(style, tax_number=False, qr=False))
    assert store(till, change) == 1
    number = till.counter.desk.shop.tax_number
    assert "[QR" not in printed(till)
    assert not number or number not in printed(till)
    assert store(till, design.undo(STYLE)) == 1
    assert till.counter.slip_forms.current().style == SlipStyle()
    assert "[QR" in printed(till)


def test_switches_of_a_newer_program_are_read_as_far_as_they_are_known() -> None:
    text = '{"qr": false, "hologram": true}'
    stored = StoredTemplate(STYLE, 1, text, NOON, "somebody")
    assert style_of(stored) == SlipStyle(qr=False)


def test_a_logo_is_kept_for_both_papers_and_journalled_by_its_hash(till: Till) -> None:
    design = till.counter.slip_design
    logo = PreparedLogo(b"original", "lines", ((58, b"narrow"), (80, b"wide")))
    assert store(till, design.set_logo(logo)) == 1
    assert store(till, design.set_logo(logo)) == 0
    forms = till.counter.slip_forms
    assert forms.current().logo_png == b"wide"
    assert forms.logo_of(58) == b"narrow"
    assert store(till, design.set_logo(None)) == 1
    assert forms.current().logo_png is None
    rows = query(
        till,
        "SELECT canonical FROM journal WHERE kind = 'TemplateChanged' ORDER BY seq",
    )
    assert b"original" not in bytes(rows[0][0])
    assert EntryKind.TEMPLATE_CHANGED.value.encode() in bytes(rows[0][0])
