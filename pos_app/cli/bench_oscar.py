"""The same baskets and rules in django-oscar: its offers engine as it is shipped.

Everything of it is imported late; nobody needs it but `guitai bench --peers`. It works
on a database in memory. Its rules are greedy: offers by priority, each as often as it
fits, an item in one offer only. So that it shows its best, an offer comes before
those that take less off its goods, and a price for each of several goods names those
only that are dearer: it stops at the first that is not.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from pos_app.cli.bench_promotion_sets import PromotionSets, is_for
from pos_app.domain.basket import Basket
from pos_app.domain.promotion.deal import Deal, NForDeal, Off, UnitDeal
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import UserError

#: As its manual lists them; it does not start without all of them.
_OWN = (
    "analytics.apps.AnalyticsConfig",
    "checkout.apps.CheckoutConfig",
    "address.apps.AddressConfig",
    "shipping.apps.ShippingConfig",
    "catalogue.apps.CatalogueConfig",
    "catalogue.reviews.apps.CatalogueReviewsConfig",
    "communication.apps.CommunicationConfig",
    "partner.apps.PartnerConfig",
    "basket.apps.BasketConfig",
    "payment.apps.PaymentConfig",
    "offer.apps.OfferConfig",
    "order.apps.OrderConfig",
    "customer.apps.CustomerConfig",
    "search.apps.SearchConfig",
    "voucher.apps.VoucherConfig",
    "wishlists.apps.WishlistsConfig",
    "dashboard.apps.DashboardConfig",
    "dashboard.reports.apps.ReportsDashboardConfig",
    "dashboard.users.apps.UsersDashboardConfig",
    "dashboard.orders.apps.OrdersDashboardConfig",
    "dashboard.catalogue.apps.CatalogueDashboardConfig",
    "dashboard.offers.apps.OffersDashboardConfig",
    "dashboard.partners.apps.PartnersDashboardConfig",
    "dashboard.pages.apps.PagesDashboardConfig",
    "dashboard.ranges.apps.RangesDashboardConfig",
    "dashboard.reviews.apps.ReviewsDashboardConfig",
    "dashboard.vouchers.apps.VouchersDashboardConfig",
    "dashboard.communications.apps.CommunicationsDashboardConfig",
    "dashboard.shipping.apps.ShippingDashboardConfig",
)
_OTHERS = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.flatpages",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "haystack",
    "treebeard",
    "django_tables2",
    "widget_tweaks",
)
APPS = (*_OTHERS, "oscar.config.Shop", *(f"oscar.apps.{name}" for name in _OWN))


class _NoMigrations:
    """Tables are made as the models are now: a second instead of twenty."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def start() -> None:
    """Set django-oscar up with an empty shop in memory.

    Raises:
        UserError: "peer_missing" where it is not installed.
    """
    if find_spec("oscar") is None:
        raise UserError("peer_missing", name="django-oscar")
    defaults = import_module("oscar.defaults")
    settings = import_module("django.conf").settings
    if settings.configured:
        return
    known = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings.configure(
        **known,
        INSTALLED_APPS=list(APPS),
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        },
        HAYSTACK_CONNECTIONS={
            "default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
        },
        SECRET_KEY="a bench keeps no secrets",  # noqa: S106 - nothing is signed
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        MIGRATION_MODULES=_NoMigrations(),
    )
    warnings.filterwarnings("ignore", module="haystack")  # a search that we never ask
    import_module("django").setup()
    migrate = import_module("django.core.management").call_command
    migrate("migrate", verbosity=0, run_syncdb=True)


class OscarShop:
    """Goods and offers of one set, and baskets of them, in django-oscar."""

    def __init__(self, sets: PromotionSets, goods: Sequence[int]) -> None:
        """Make the offers; goods are made as far as baskets need them.

        Args:
            sets: goods, prices and promotions.
            goods: numbers of the items that baskets will hold.
        """
        self._model = import_module("oscar.core.loading").get_model
        self._sets = sets
        for name in ("ConditionalOffer", "Condition", "Benefit", "Range"):
            self._model("offer", name).objects.all().delete()
        self._model("catalogue", "Product").objects.all().delete()
        kind, _ = self._model("catalogue", "ProductClass").objects.get_or_create(
            name="goods", requires_shipping=False, track_stock=False
        )
        self._products = {item: self._product(item, kind) for item in goods}
        for priority, promotion in enumerate(sorted(sets.promotions, key=self._share)):
            self._offer(promotion, priority)

    def _product(self, item: int, kind: Any) -> Any:
        partner, _ = self._model("partner", "Partner").objects.get_or_create(
            name="partner"
        )
        product = self._model("catalogue", "Product").objects.create(
            product_class=kind, title=f"goods {item}", structure="standalone"
        )
        self._model("partner", "StockRecord").objects.create(
            product=product,
            partner=partner,
            partner_sku=str(item),
            price=Decimal(self._sets.prices[item]) / 100,
        )
        return product

    def _share(self, promotion: Promotion) -> Fraction:
        """Return which part of what its goods cost a promotion takes off, about."""
        prices = [self._sets.prices[item] for item in self._goods_of(promotion.deal)]
        if not prices:
            return Fraction(0)
        dearest, mean = max(prices), Fraction(sum(prices), len(prices))
        match promotion.deal:
            case NForDeal(count=count, price_minor=price):
                return 1 - Fraction(price) / (count * mean)
            case UnitDeal(off=off):
                return _taken(off, mean, dearest)
        raise AssertionError(promotion)

    def _goods_of(self, deal: Deal) -> list[int]:
        """Return the numbers of the goods of baskets that a deal is for."""
        return [x for x in self._products if is_for(deal, self._sets.unit(x))]

    def _offer(self, promotion: Promotion, priority: int) -> None:
        offer, deal = import_module("oscar.apps.offer.models"), promotion.deal
        goods = offer.Range.objects.create(name=promotion.name)
        least = 0
        if isinstance(deal, UnitDeal) and deal.off.price_minor is not None:
            least = deal.off.price_minor
        for item in self._goods_of(deal):
            if self._sets.prices[item] > least:
                goods.add_product(self._products[item])
        condition = offer.Condition.objects.create(
            range=goods, type="Count", value=_count(deal)
        )
        offer.ConditionalOffer.objects.create(
            name=promotion.name,
            condition=condition,
            benefit=offer.Benefit.objects.create(range=goods, **_benefit(deal)),
            priority=priority,
        )

    def basket(self, basket: Basket) -> Any:
        """Return a basket of django-oscar with the same goods."""
        made = self._model("basket", "Basket").objects.create()
        made.strategy = import_module("oscar.apps.partner.strategy").Default()
        for line in basket.lines:
            assert line.unit is not None
            product = self._products[int(line.unit.sku)]
            made.add_product(product, int(line.quantity))
        return made

    def saving_minor(self, basket: Any) -> int:
        """Apply the offers anew; return what they take off."""
        basket.reset_offer_applications()
        import_module("oscar.apps.offer.applicator").Applicator().apply(basket)
        cents = basket.total_discount * 100
        assert cents == int(cents)  # see `shared_with_oscar`
        return int(cents)


def _taken(off: Off, mean: Fraction, dearest: int) -> Fraction:
    """Return which part of a price comes off."""
    if off.percentage is not None:
        return Fraction(off.percentage.millionths, 1_000_000)
    if off.amount_minor is not None:
        return min(Fraction(1), off.amount_minor / mean)
    assert off.price_minor is not None
    return max(Fraction(0), 1 - Fraction(off.price_minor, dearest))


def _count(deal: Deal) -> int:
    return deal.count if isinstance(deal, NForDeal) else 1


def _benefit(deal: Deal) -> dict[str, Any]:
    """Return type and value of the benefit that says the same."""
    match deal:
        case NForDeal(price_minor=price):
            return {"type": "Fixed price", "value": Decimal(price) / 100}
        case UnitDeal(off=off):
            return _off(off)
    raise AssertionError(deal)


def _off(off: Off) -> dict[str, Any]:
    if off.percentage is not None:
        percent = Decimal(off.percentage.millionths) / 10_000
        return {"type": "Percentage", "value": percent}
    if off.amount_minor is not None:
        return {"type": "Fixed", "value": Decimal(off.amount_minor) / 100}
    assert off.price_minor is not None
    return {"type": "Fixed price", "value": Decimal(off.price_minor) / 100}
