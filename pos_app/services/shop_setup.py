"""Makes a shop from a set-up file: stored through the editor, PINs hashed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind
from pos_app.domain.item import Category, SellBy
from pos_app.domain.permission import Role, Staff
from pos_app.domain.price import UnitPrice
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.ports.catalog import Credential, Reason
from pos_app.ports.catalog_editing import ItemDraft, QuickKeyDraft, UnitDraft
from pos_app.ports.clock import Ids
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.credentials import Credentials
from pos_app.services.setup_check import check_setup
from pos_app.services.setup_file import ItemPart, SetupFile, StaffPart
from pos_app.services.setup_shop import names_of, role_of, shop_of
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import BOX
from pos_app.values.times import Period


class ShopSetup:
    """Stores a set-up file as a new shop.

    Args:
        editor: of an empty catalogue. ids: makes identities.
        credentials: hashes PINs and badges.
    """

    def __init__(self, editor: ShopEditor, ids: Ids, credentials: Credentials) -> None:
        self._editor = editor
        self._ids = ids
        self._credentials = credentials

    def store(self, setup: SetupFile) -> None:
        """Store everything; the order is that of who refers to whom.

        Raises:
            UserError: "setup_unreadable" with the first place that is wrong;
                then nothing was stored.
        """
        check_setup(setup)
        self._editor.put_shop(
            shop_of(setup.shop, setup.tax_categories, self._ids.new())
        )
        categories = self._categories(setup)
        by_name = {shelf.name: shelf for shelf in categories.values()} | categories
        self._editor.put_categories(list(categories.values()))
        self._put_people(setup)
        self._put_ways(setup)
        drafts = self._items(setup, by_name)
        self._editor.put_items(list(drafts.values()))
        self._put_tiles(setup, categories, drafts)
        sold = {
            drafts[item.sku].units[0].unit_id: Decimal(item.velocity)
            for item in setup.items
            if item.velocity
        }
        self._editor.bump_velocity(sold)
        if setup.promotions:
            # Late: most set-up files have none.
            from pos_app.services.setup_promotions import store_promotions

            store_promotions(self._editor, setup, self._ids)

    def _categories(self, setup: SetupFile) -> dict[str, Category]:
        ids = {part.key: self._ids.new() for part in setup.categories}
        return {
            part.key: Category(
                category_id=ids[part.key],
                name=part.name,
                names=names_of(part.names),
                position=part.position,
                hue=part.hue,
                parent_id=ids[part.parent] if part.parent else None,
            )
            for part in setup.categories
        }

    def _put_people(self, setup: SetupFile) -> None:
        roles = {part.key: role_of(part) for part in setup.roles}
        self._editor.put_roles(list(roles.values()))
        people = [self._person(part, roles) for part in setup.staff]
        self._editor.put_staff(people)

    def _person(
        self, part: StaffPart, roles: Mapping[str, Role]
    ) -> tuple[Staff, Credential]:
        staff = Staff(
            staff_id=self._ids.new(),
            number=part.number,
            name=part.name,
            names=names_of(part.names),
            role=roles[part.role],
            language=part.language,
        )
        secrets = self._credentials
        badge = secrets.badge_digest(part.badge) if part.badge else ""
        return staff, Credential(staff.staff_id, secrets.hash_pin(part.pin), badge)

    def _put_ways(self, setup: SetupFile) -> None:
        """Store tenders, reasons and barcode rules."""
        self._editor.put_tenders(
            [
                TenderType(
                    key=part.key,
                    name=part.name,
                    names=names_of(part.names),
                    kind=TenderKind(part.kind),
                    opens_drawer=part.opens_drawer,
                    gives_change=part.gives_change,
                    asks_reference=part.asks_reference,
                    position=part.position,
                    is_refundable=part.is_refundable,
                )
                for part in setup.tenders
            ]
        )
        self._editor.put_reasons(
            [Reason(x.key, x.use, x.name, names_of(x.names)) for x in setup.reasons]
        )
        self._editor.put_barcode_rules(
            [
                BarcodeRule(
                    key=part.key,
                    name=part.name,
                    pattern=part.pattern,
                    kind=MeasureKind(part.kind),
                    decimals=part.decimals,
                    position=position,
                    is_verified=part.is_verified,
                    price_decimals=part.price_decimals,
                )
                for position, part in enumerate(setup.barcode_rules)
            ]
        )

    def _items(
        self, setup: SetupFile, categories: Mapping[str, Category]
    ) -> dict[str, ItemDraft]:
        ids = {part.sku: self._ids.new() for part in setup.items}
        return {
            part.sku: self._item(part, ids, categories, setup.shop.currency)
            for part in setup.items
        }

    def _item(
        self,
        part: ItemPart,
        ids: Mapping[str, str],
        categories: Mapping[str, Category],
        currency: str,
    ) -> ItemDraft:
        category = categories.get(part.category)
        cap = Percentage.parse(part.discount_cap) if part.discount_cap else None
        names = {"zh-TW": part.name_zh_tw, "en": part.name_en}
        units = [self._base_unit(part, currency)]
        if part.box_barcode:
            units.append(self._box_unit(part, currency))
        return ItemDraft(
            item_id=ids[part.sku],
            sku=part.sku,
            name=part.name,
            tax_category=part.tax_category,
            units=tuple(units),
            variant=part.variant,
            names=names_of({tag: name for tag, name in names.items() if name}),
            category_id=category.category_id if category else None,
            icon=part.icon,
            parent_id=ids.get(part.parent_sku),
            discount_cap=cap,
            is_returnable=part.returnable,
        )

    def _base_unit(self, part: ItemPart, currency: str) -> UnitDraft:
        cost = parse_minor(part.cost, currency) if part.cost else None
        return UnitDraft(
            unit_id=self._ids.new(),
            unit_code=part.unit,
            unit_name=part.unit_name,
            pieces=part.pieces,
            sell_by=SellBy(part.sell_by),
            barcodes=_codes(part.barcode),
            plu=part.plu,
            prices=(self._price(part.price, currency),),
            cost_minor=cost,
        )

    def _box_unit(self, part: ItemPart, currency: str) -> UnitDraft:
        own = (self._price(part.box_price, currency),) if part.box_price else ()
        return UnitDraft(
            unit_id=self._ids.new(),
            unit_code=BOX,
            unit_name="箱",
            pieces=Decimal(part.box_pieces),
            barcodes=_codes(part.box_barcode),
            prices=own,
        )

    def _price(self, text: str, currency: str) -> UnitPrice:
        return UnitPrice(self._ids.new(), parse_minor(text, currency), Period())

    def _put_tiles(
        self,
        setup: SetupFile,
        categories: Mapping[str, Category],
        drafts: Mapping[str, ItemDraft],
    ) -> None:
        for key, tiles in setup.quick_keys.items():
            page = categories[key].category_id if key else ""
            self._editor.put_quick_keys(
                page,
                [
                    QuickKeyDraft(
                        position=position,
                        unit_id=drafts[tile.sku].units[0].unit_id,
                        label=tile.label,
                        labels=names_of(tile.labels),
                    )
                    for position, tile in enumerate(tiles)
                ],
            )


def _codes(text: str) -> tuple[str, ...]:
    """Read several barcodes of one unit, separated by spaces, | or ;."""
    for mark in ";|":
        text = text.replace(mark, " ")
    return tuple(text.split())
