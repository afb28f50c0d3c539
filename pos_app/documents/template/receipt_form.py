"""What a template of the receipt may name, and the receipt written as a template."""

from __future__ import annotations

from pos_app.documents.template.fields import Field, FormFields, Group, Rows
from pos_app.i18n import N_

#: Counts up when a meaning changes; a name is never taken away within a version.
RECEIPT_VERSION = 1

SHOP_FIELDS = Group(
    {
        "name": Field(N_("Name of the shop")),
        "address": Field(N_("Address; empty where switched off")),
        "phone": Field(N_("Phone number alone")),
        "phone_words": Field(N_("“Phone …”; empty where switched off")),
        "tax_number": Field(N_("Tax number alone")),
        "tax_number_words": Field(N_("“Tax number …”; empty where switched off")),
        "till": Field(N_("Number of the till")),
    }
)
SALE_FIELDS = Group(
    {
        "title": Field(N_("Sales slip, return slip or exchange slip")),
        "number": Field(N_("Receipt number")),
        "moment": Field(N_("Date and time")),
        "date": Field(N_("Date alone")),
        "time": Field(N_("Time alone")),
        "business_day": Field(N_("Business day")),
        "till_words": Field(N_("“Till …”")),
        "cashier": Field(N_("Name of the cashier")),
        "cashier_words": Field(N_("“Cashier …”")),
        "item_count": Field(N_("How many items"), is_number=True),
        "item_count_words": Field(N_("“3 items”")),
        "urn": Field(N_("What the QR code says: any till finds the sale by it")),
    }
)
_AMOUNTS = {
    "title": Field(N_("What it is")),
    "amount": Field(N_("Amount as text")),
    "amount_minor": Field(N_("Amount in the smallest coin"), is_number=True),
}
_LINES = Group(
    {
        "name": Field(N_("Name and variant")),
        "sku": Field(N_("Article number")),
        "barcode": Field(N_("Barcode")),
        "quantity": Field(N_("Quantity")),
        "unit": Field(N_("Unit")),
        "price": Field(N_("Price of one")),
        "price_minor": Field(N_("Price of one in the smallest coin"), is_number=True),
        "amount": Field(N_("Amount before discounts")),
        "amount_minor": Field(N_("Amount in the smallest coin"), is_number=True),
        "paid": Field(N_("Amount after all discounts")),
        "paid_minor": Field(N_("Amount in the smallest coin"), is_number=True),
        "tax_codes": Field(N_("Tax rate of the line")),
        "detail": Field(N_("“2 × 3.75”; empty for a single piece")),
        "note_words": Field(N_("“Note: …”; empty without a note")),
        "reductions": Rows(N_("What came off the line"), Group(dict(_AMOUNTS))),
    }
)
_TAXES = Group(
    {
        "title": Field(N_("Name of the rate")),
        "code": Field(N_("Code of the rate")),
        "rate": Field(N_("Rate in per cent")),
        "net": Field(N_("Amount without tax")),
        "net_minor": Field(N_("Amount in the smallest coin"), is_number=True),
        "tax": Field(N_("Tax")),
        "tax_minor": Field(N_("Amount in the smallest coin"), is_number=True),
    }
)
WORD_FIELDS = {
    "time": Field(N_("The word “Time” in the slip's language")),
    "net": Field(N_("The word “Net” in the slip's language")),
    "tax": Field(N_("The word “Tax” in the slip's language")),
}
RECEIPT_FIELDS = FormFields(
    RECEIPT_VERSION,
    Group(
        {
            "shop": SHOP_FIELDS,
            "sale": SALE_FIELDS,
            "lines": Rows(N_("Goods sold"), _LINES),
            "sums": Rows(N_("What leads to the total"), Group(dict(_AMOUNTS))),
            "total": Group(dict(_AMOUNTS)),
            "saved": Group(dict(_AMOUNTS)),
            "tax_title": Field(N_("Tax included or tax added")),
            "taxes": Rows(N_("Tax by rate"), _TAXES),
            "money": Rows(
                N_("Money taken, change, refunds"),
                Group({**_AMOUNTS, "is_change": Field(N_("Whether it is the change"))}),
            ),
            "member": Group(
                {
                    "is_known": Field(N_("Whether a member bought")),
                    "earned": Field(N_("Points earned"), is_number=True),
                    "used": Field(N_("Points used"), is_number=True),
                    "points": Field(N_("Points now"), is_number=True),
                    "tier": Field(N_("The member's tier")),
                    "rows": Rows(
                        N_("Points and tier"),
                        Group(
                            {
                                "title": Field(N_("Name of the row")),
                                "text": Field(N_("What it says")),
                            }
                        ),
                    ),
                    "lines": Field(N_("What is near, and what ends soon")),
                    "coupons": Rows(
                        N_("Coupons that the ticket gave"),
                        Group(
                            {
                                "name": Field(N_("Name of the coupon")),
                                "until": Field(N_("Last day of the coupon")),
                                "value": Field(
                                    N_("Worth of a share that came back, or empty")
                                ),
                            }
                        ),
                    ),
                }
            ),
            "copy": Field(
                N_("0 for the original, 1 for the first copy"), is_number=True
            ),
            "copy_mark": Field(N_("“COPY 1”; empty for the original")),
            "has_lines": Field(N_("Whether goods were sold")),
            "has_returns": Field(N_("Whether goods came back")),
            "has_tax_codes": Field(N_("Whether there are several tax rates")),
            "tax_code_width": Field(
                N_("Width of the tax rate's column"), is_number=True
            ),
            "shows_qr": Field(N_("Whether the QR code is switched on")),
            "shows_barcode": Field(N_("Whether the barcode is switched on")),
            "footer": Field(N_("Words at the foot, in the slip's language")),
            "language": Field(N_("Language of the slip: zh-CN, zh-TW or en")),
            "words": Group(dict(WORD_FIELDS)),
        }
    ),
    {
        "heading": N_("Logo and shop"),
        "identity": N_("Number, till, cashier, time"),
        "lines": N_("Goods sold"),
        "sums": N_("What leads to the total, and the total"),
        "taxes": N_("Tax by rate"),
        "returns": N_("Goods that came back"),
        "money": N_("Money taken, change, refunds"),
        "member": N_("Points, tier, coupons given"),
        "foot": N_("Words at the foot, QR code, barcode"),
    },
)

#: Prints what `documents.receipt` prints, block by block; a test holds them together.
RECEIPT_TEMPLATE = """\
{image:logo}
"^^^{{ shop.name }}
{{ shop.address }}
{{ shop.phone_words }}
{{ shop.tax_number_words }}
"^^^{{ copy_mark }}
"{{ sale.title }} | {{ sale.number }}
{{ sale.till_words }} | {{ sale.cashier_words }}
{{ words.time }} | {{ sale.moment }}
---
{% for line in lines %}
{% if has_tax_codes %}
{width:*,auto,{{ tax_code_width }}}
{{ line.name }} | {{ line.amount }} | {{ line.tax_codes }}
{% else %}
{width:*,auto}
{{ line.name }} | {{ line.amount }}
{% endif %}
|~~{{ line.detail }}
{width:*,auto}
{% for step in line.reductions %}
~~{{ step.title }} | {{ step.amount }}
{% endfor %}
|~~{{ line.note_words }}
{% endfor %}
{% if has_lines %}
---
{% for row in sums %}
{{ row.title }} | {{ row.amount }}
{% endfor %}
{% if has_returns %}
"{{ total.title }} | {{ total.amount }}
{% else %}
"^^^{{ total.title }} | {{ total.amount }}
{% endif %}
| {{ sale.item_count_words }}|
{{ saved.title }} | {{ saved.amount }}
{% if taxes %}
---
{width:*,8,7}
{{ tax_title }} | {{ words.net }} | {{ words.tax }}
{% for tax in taxes %}
{{ tax.title }} | {{ tax.net }} | {{ tax.tax }}
{% endfor %}
{width:*,auto}
{% endif %}
{% endif %}
{section:returns}
{% if money %}
---
{% for row in money %}
{% if row.is_change %}
"{{ row.title }} | {{ row.amount }}
{% else %}
{{ row.title }} | {{ row.amount }}
{% endif %}
{% endfor %}
{% endif %}
{section:member}
---
{{ footer }}
{% if shows_qr %}
{code:{{ sale.urn }};option:qrcode,4,m}
{% endif %}
{% if shows_barcode %}
{code:{{ sale.number }};option:code128,64,hri}
{% endif %}
=
"""
