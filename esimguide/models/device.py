"""Device: a model as sold in one region, and whether it takes an eSIM."""

from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat, Replace
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase, prose
from esimguide.models.checked import Checked, evidence
from esimguide.models.fields import NormalizedCharField
from esimguide.models.publishable import Publishable, PublishableQuerySet, published_complete
from esimguide.models.slugged import Slugged
from esimguide.text.normalize import search_words


class Region(models.TextChoices):
    """Where a device was sold, which decides more than its name does."""

    HONG_KONG = "hong-kong", _("Hong Kong or Macau")
    MAINLAND = "mainland", _("the mainland of China")
    US = "us", _("the United States")
    ELSEWHERE = "elsewhere", _("another place")
    ANY = "any", _("anywhere")


# What readers type for a brand, a kind or a region, in either script.
ALIASES = {
    ("brand", "apple"): ("apple", "蘋果", "苹果"),
    ("brand", "samsung"): ("samsung", "三星"),
    ("brand", "google"): ("google", "谷歌"),
    ("brand", "sony"): ("sony", "索尼", "新力"),
    ("brand", "huawei"): ("huawei", "華為", "华为"),
    ("brand", "xiaomi"): ("xiaomi", "小米", "redmi", "紅米", "红米"),
    ("brand", "oppo"): ("oppo",),
    ("brand", "vivo"): ("vivo",),
    ("brand", "honor"): ("honor", "榮耀", "荣耀"),
    ("brand", "other"): ("other", "其他品牌"),
    ("kind", "tablet"): ("tablet", "平板"),
    ("kind", "watch"): ("watch", "手錶", "手表"),
    ("kind", "card"): ("euicc",),
    ("region", "hong-kong"): ("港版", "港行", "香港", "澳門", "澳门"),
    ("region", "mainland"): ("國行", "国行", "內地", "内地", "大陸", "大陆"),
    ("region", "us"): ("美版", "美國", "美国"),
}


def _matches(word: str) -> Q:
    condition = Q(folded__icontains=word)
    for (field, value), aliases in ALIASES.items():
        if any(alias.startswith(word) for alias in aliases):
            condition |= Q(**{field: value})
    return condition


class DeviceQuerySet(PublishableQuerySet["Device"]):
    def with_source(self) -> Self:
        return self.select_related("source")

    def phones(self) -> Self:
        return self.filter(kind=Device.Kind.PHONE)

    def named(self, typed: str) -> Self:
        """Return the devices that match every typed word; empty means all.

        A word matches the name in either script, with or without spaces, the model number, or an
        alias of the brand, kind or region.
        """
        # A tidy column would tidy the signs between, too.
        names = ("name_zh_hant", "name_zh_hans", "model_number")
        hant, hans, number = (Cast(name, models.CharField(max_length=200)) for name in names)
        texts = Concat(hant, Value("|"), hans, Value("|"), number)
        found = self.alias(folded=Replace(texts, Value(" "), Value("")))
        for word in search_words(typed):
            found = found.filter(_matches(word))
        return found

    def sold_in(self, region: Region | None) -> Self:
        return self.filter(region__in=(region, Region.ANY)) if region else self

    def only_elsewhere(self, region: Region | None) -> Self:
        """Return the devices whose model is not known as sold in ``region``; none for None."""
        if not region:
            return self.none()
        here = Device.objects.published().sold_in(region).order_by()
        return self.exclude(name_zh_hant__in=here.values("name_zh_hant"))

    def same_model(self, device: "Device") -> Self:
        return self.filter(name_zh_hant=device.name_zh_hant).exclude(pk=device.pk)


class Device(Slugged, Checked, Publishable):
    """A phone, tablet, watch or card of one model (or a family alike in this) from one region.

    ``esim`` with its evidence is the answer; ``note`` says what limits it, or how to find out.
    ``market`` names the places where ``region`` alone is too wide ("Japan, Canada").
    """

    class Brand(models.TextChoices):
        APPLE = "apple", "Apple"
        SAMSUNG = "samsung", _("Samsung")
        GOOGLE = "google", "Google"
        SONY = "sony", "Sony"
        HUAWEI = "huawei", _("Huawei")
        XIAOMI = "xiaomi", _("Xiaomi")
        OPPO = "oppo", "OPPO"
        VIVO = "vivo", "vivo"
        HONOR = "honor", _("Honor")
        OTHER = "other", _("other makers")

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        TABLET = "tablet", _("tablet")
        WATCH = "watch", _("watch")
        CARD = "card", _("removable eSIM card")

    class Esim(models.TextChoices):
        YES = "yes", _("has eSIM")
        ONLY = "only", _("eSIM only, no card tray")
        LIMITED = "limited", _("has eSIM, with limits")
        NO = "no", _("no eSIM")
        UNKNOWN = "unknown", _("not confirmed")

    brand = models.CharField(_("brand"), max_length=8, choices=Brand)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PHONE)
    region = models.CharField(_("sold in"), max_length=9, choices=Region)
    market_zh_hant = phrase(_("sold in, more exactly"), blank=True)
    market_zh_hans = phrase(_("sold in, more exactly"), blank=True)
    market = Translated()
    name_zh_hant = phrase(_("model"))
    name_zh_hans = phrase(_("model"), blank=True)
    name = Translated()
    model_number = NormalizedCharField(_("model number"), max_length=100, blank=True)
    esim = models.CharField(_("eSIM"), max_length=7, choices=Esim, default=Esim.UNKNOWN)
    note_zh_hant = prose(_("note"), blank=True)
    note_zh_hans = prose(_("note"), blank=True)
    note = Translated()
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords()

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ("position", "slug")
        constraints = [
            published_complete("name", optional=("note", "market")),
            evidence(),
            models.CheckConstraint(
                condition=Q(esim="unknown", state="unknown")
                | ~Q(esim="unknown") & ~Q(state="unknown"),
                name="device_esim_is_known_with_its_evidence",
                violation_error_message=_(
                    "Whether it has eSIM is not confirmed exactly when its state is."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.called("name")

    @property
    def where(self) -> str:
        return self.market or str(Region(self.region).label)

    @property
    def may_refuse_hong_kong(self) -> bool:
        """Whether it has eSIM but nobody has confirmed that it takes one from Hong Kong."""
        return self.esim == self.Esim.YES and self.region == Region.MAINLAND

    def get_absolute_url(self) -> str:
        return reverse("device_detail", args=[self.slug])
