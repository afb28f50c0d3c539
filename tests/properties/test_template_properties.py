"""A template prints what it says, bounded, whatever anybody wrote into it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.documents.layout import Align, Cut, Layout, Text
from pos_app.documents.receipt import receipt
from pos_app.documents.template.compiler import compile_template
from pos_app.documents.template.receipt_facts import ReceiptNeeds, receipt_facts
from pos_app.documents.template.receipt_form import RECEIPT_FIELDS, RECEIPT_TEMPLATE
from pos_app.documents.template.renderer import BLOCK_LIMIT, render
from pos_app.documents.text import text_lines
from pos_app.domain.sale import Sale
from pos_app.domain.slip_form import SlipStyle
from pos_app.errors import UserError
from tests import builders_slip as make
from tests.golden.test_return_slip_golden import ticket

DEFAULT = compile_template(RECEIPT_TEMPLATE, RECEIPT_FIELDS)
LANGUAGES = st.sampled_from(["zh-CN", "zh-TW", "en"])
STYLES = st.builds(
    SlipStyle,
    **{
        name: st.booleans()
        for name in (
            "logo",
            "address",
            "phone",
            "tax_number",
            "line_discounts",
            "item_numbers",
            "saved",
            "barcode",
            "qr",
        )
    },
    footers=st.sampled_from([(), (("en", "Bye\n\nfor now"), ("zh-CN", "再见"))]),
)
WORDS = st.text(alphabet='ab 中{}|^~"-=\\%:', max_size=12)


def needs_of(language: str, style: SlipStyle, **changes: Any) -> ReceiptNeeds:
    plain: dict[str, Any] = {
        "shop": make.shop(language),
        "words": make.words(language),
        "style": style,
        "tender_names": make.TENDER_NAMES.get(language, {}),
        "local_time": make.LOCAL_TIME,
    }
    return ReceiptNeeds(**{**plain, **changes})


def built_in(sale: Sale, needs: ReceiptNeeds):
    return receipt(
        sale,
        needs.shop,
        needs.words,
        copy_number=needs.copy_number,
        tender_names=needs.tender_names,
        local_time=needs.local_time,
        logo_png=needs.logo_png,
        style=needs.style,
    )


def tickets() -> dict[str, Sale]:
    found = {"sale": make.sale(), "english": make.sale(language="en")}
    for kind in ("return", "exchange", "even", "mirror"):
        found[kind] = ticket(kind, "zh-CN")
    return found


TICKETS = tickets()


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(sorted(TICKETS)),
    LANGUAGES,
    STYLES,
    st.integers(0, 2),
    st.sampled_from([None, b"png"]),
    st.booleans(),
    WORDS,
)
def test_the_built_in_template_prints_the_built_in_slip(
    kind: str,
    language: str,
    style: SlipStyle,
    copy_number: int,
    logo: bytes | None,
    includes_tax: bool,
    name: str,
) -> None:
    shop = make.shop(language, prices_include_tax=includes_tax, address=name)
    needs = needs_of(language, style, shop=shop, copy_number=copy_number, logo_png=logo)
    sale = TICKETS[kind]
    lines = tuple(replace(x, name=f"{x.name}{name}") for x in sale.lines)
    sale = replace(sale, lines=lines)
    made = render(DEFAULT, receipt_facts(sale, needs))
    assert made.missing == ()
    wanted = built_in(sale, needs)
    if not name.strip():  # a line that is only blank is left out
        wanted = replace(
            wanted,
            blocks=tuple(x for x in wanted.blocks if x != Text(name, Align.CENTRE)),
        )
    assert made.layout == wanted


PIECES = st.sampled_from(
    [
        "{% for line in lines %}",
        "{% for row in sums %}",
        "{% for x in line.reductions %}",
        "{% endfor %}",
        "{% if lines %}",
        "{% if not taxes or total.amount_minor > 5 %}",
        "{% elsif copy %}",
        "{% else %}",
        "{% endif %}",
        "{{ line.name }} | {{ line.amount }}",
        "{{ sale.number }}",
        "{{ sale.__class__ }}",
        "{{ lines.0.__init__.__globals__ }}",
        "{{ shop.name.upper }}",
        "{section:taxes}",
        "{section:nothing}",
        "{width:*,8,{{ copy }}}",
        "{code:{{ sale.number }};option:code128,64}",
        "{code:{{ footer }};option:ean13}",
        '"^^^a | b',
        "---",
        "=",
        "",
    ]
)


def assert_lawful(layout: Layout, sale: Sale) -> None:
    assert len(layout.blocks) <= BLOCK_LIMIT + 200
    printed = "\n".join(text_lines(layout, 48))
    for must in (sale.number, "14:32:06", "重打 第 1 份"):
        assert must in printed
    for tax in sale.priced.taxes:
        assert f"{tax.tax_minor / 100:.2f}" in printed
    assert isinstance(layout.blocks[-1], Cut)
    for inside in ("<class", "object at", "mappingproxy", "<function"):
        assert inside not in printed


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25))
def test_any_text_is_a_template_or_has_a_problem_with_its_place(
    lines: list[str],
) -> None:
    text = "\n".join(lines)
    template = compile_template(text, RECEIPT_FIELDS)
    for problem in template.problems:
        assert problem.line >= 1
        assert problem.column >= 1
    if not template.is_usable:
        return
    sale = TICKETS["sale"]
    needs = needs_of("zh-CN", SlipStyle(), copy_number=1)
    try:
        made = render(template, receipt_facts(sale, needs))
    except UserError as error:
        ended = error.key
    else:
        ended = ""
        assert_lawful(made.layout, sale)
    assert ended in ("", "template_endless")


def test_a_template_that_goes_over_the_lines_for_each_line_is_ended() -> None:
    depth = 5
    opened = "".join(f"{{% for a{i} in lines %}}\n" for i in range(depth))
    text = opened + "{{ a0.name }}\n" + "{% endfor %}\n" * depth
    template = compile_template(text, RECEIPT_FIELDS)
    assert template.problems == ()
    many = tuple(make.line(f"item {i}", 100) for i in range(40))
    facts = receipt_facts(make.sale(many), needs_of("en", SlipStyle()))
    with pytest.raises(UserError) as ended:
        render(template, facts)
    assert ended.value.key == "template_endless"


def test_a_basket_of_thousands_is_no_endless_template() -> None:
    many = tuple(make.line(f"item {i}", 100, "2") for i in range(3_000))
    sale = make.sale(many)
    needs = needs_of("en", SlipStyle())
    assert render(DEFAULT, receipt_facts(sale, needs)).layout == built_in(sale, needs)


def test_an_unknown_field_is_a_problem_to_the_writer_and_nothing_on_paper() -> None:
    text = RECEIPT_TEMPLATE.replace("{{ shop.address }}", "{{ shop.adress }}")
    template = compile_template(text, RECEIPT_FIELDS)
    assert [(x.key, x.line, x.column) for x in template.problems] == [
        ("template_field_unknown", 3, 4)
    ]
    assert dict(template.problems[0].params) == {
        "name": "shop.adress",
        "meant": "shop.address",
    }
    assert template.is_usable
    facts = receipt_facts(make.sale(), needs_of("zh-CN", SlipStyle()))
    texts = [
        x.text for x in render(template, facts).layout.blocks if isinstance(x, Text)
    ]
    assert "湖滨路 18 号" not in texts
    assert "" not in texts


def test_a_template_that_says_nothing_says_what_the_law_wants() -> None:
    template = compile_template(
        "hello\n{% if copy == 99 %}\n{{ sale.number }}\n{% endif %}", RECEIPT_FIELDS
    )
    facts = receipt_facts(make.sale(), needs_of("zh-CN", SlipStyle(), copy_number=2))
    made = render(template, facts)
    assert made.missing == ("copy", "shop", "number", "time", "lines", "total", "taxes")
    printed = "\n".join(text_lines(made.layout, 48))
    for must in (
        "重打 第 2 份",
        "02-1-000162",
        "2026-11-21 14:32:06",
        "增值税 9%",
        "实收",
    ):
        assert must in printed
    assert made.layout.blocks.count(Cut()) == 1


def test_values_are_never_markup() -> None:
    shop = make.shop("en", names=(("en", '{code:1}|"^^^x ~ {{ y }}'),))
    template = compile_template("{{ shop.name }}", RECEIPT_FIELDS)
    facts = receipt_facts(make.sale(), needs_of("en", SlipStyle(), shop=shop))
    assert render(template, facts).layout.blocks[0] == Text(
        '{code:1}|"^^^x ~ {{ y }}', Align.CENTRE
    )
