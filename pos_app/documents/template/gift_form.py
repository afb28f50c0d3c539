"""The gift receipt as a template: its facts hold no amount, so none can be printed."""

from __future__ import annotations

from pos_app.documents.gift_receipt import (
    Gift,
    gift_name,
    gift_quantity,
    until_words,
)
from pos_app.documents.layout import Block, Columns, Text
from pos_app.documents.receipt import urn_of
from pos_app.documents.template.fields import (
    Duty,
    Facts,
    Field,
    FormFields,
    Group,
    Rows,
    SlipFacts,
    frozen,
    once,
)
from pos_app.documents.template.receipt_form import SHOP_FIELDS
from pos_app.documents.template.shop_facts import shop_facts
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipStyle
from pos_app.i18n import N_, Words

GIFT_FIELDS = FormFields(
    1,
    Group(
        {
            "shop": SHOP_FIELDS,
            "title": Field(N_("“Gift receipt” in the slip's language")),
            "number": Field(N_("Receipt number")),
            "number_title": Field(N_("“Number” in the slip's language")),
            "day": Field(N_("Day of the purchase")),
            "day_title": Field(N_("“Bought on” in the slip's language")),
            "urn": Field(N_("What the QR code says: any till finds the sale by it")),
            "lines": Rows(
                N_("Goods that are given away"),
                Group(
                    {
                        "name": Field(N_("Name and variant")),
                        "sku": Field(N_("Article number")),
                        "quantity": Field(N_("Quantity")),
                    }
                ),
            ),
            "until_words": Field(N_("Until when the goods may be exchanged")),
            "gift_words": Field(N_("The shop's words for gift receipts")),
            "shows_qr": Field(N_("Whether the QR code is switched on")),
            "shows_barcode": Field(N_("Whether the barcode is switched on")),
            "language": Field(N_("Language of the slip: zh-CN, zh-TW or en")),
        }
    ),
    {},
)
GIFT_TEMPLATE = """\
{image:logo}
"^^^{{ shop.name }}
{{ shop.address }}
{{ shop.phone_words }}
{{ shop.tax_number_words }}
"^^^{{ title }}
"{{ number_title }} | {{ number }}
{{ day_title }} | {{ day }}
---
{% for line in lines %}
{{ line.name }} | {{ line.quantity }}
{% endfor %}
---
{{ until_words }}
{{ gift_words }}
{% if shows_qr %}
{code:{{ urn }};option:qrcode,4,m}
{% endif %}
{% if shows_barcode %}
{code:{{ number }};option:code128,64,hri}
{% endif %}
=
"""


def gift_facts(
    gift: Gift,
    shop: Shop,
    words: Words,
    style: SlipStyle,
    logo_png: bytes | None = None,
) -> SlipFacts:
    """Return the facts of a gift receipt; see `gift_receipt` for the arguments."""
    sale, language = gift.sale, words.language
    lines = tuple(
        frozen(
            name=gift_name(line, language, style),
            sku=line.sku,
            quantity=gift_quantity(line),
        )
        for line in gift.lines
    )
    root = frozen(
        shop=shop_facts(shop, words, style),
        title=words("Gift receipt"),
        number=sale.number,
        number_title=words("Number"),
        day=sale.business_day.isoformat(),
        day_title=words("Bought on"),
        urn=urn_of(sale),
        lines=lines,
        until_words=until_words(gift, shop, words),
        gift_words="\n".join(style.gift_words_in(language).splitlines()),
        shows_qr=int(style.qr),
        shows_barcode=int(style.barcode or not style.qr),
        language=language,
    )
    duties = _duties(gift, root, words)
    return SlipFacts(root, {}, duties, language, logo_png if style.logo else None)


def _duties(gift: Gift, root: Facts, words: Words) -> tuple[Duty, ...]:
    """Return without what nobody could exchange anything."""
    number: Block = Columns((words("Number"), gift.sale.number), (0,), bold=True)
    title = Text(words("Gift receipt"), bold=True)
    rows = root["lines"]
    assert isinstance(rows, tuple)
    goods = [
        Duty(
            "lines",
            once("lines", row, "name"),
            (Columns((str(row["name"]), str(row["quantity"])), (0,)),),
        )
        for row in rows
    ]
    return (
        Duty("title", once("title", root, "title"), (title,), at_top=True),
        Duty("number", once("number", root, "number"), (number,)),
        *goods,
    )
