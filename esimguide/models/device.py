"""Device: a model as sold in one region, and whether it takes an eSIM."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import (
    Publishable,
    PublishableQuerySet,
    phrase,
    prose,
    published_complete,
)
from esimguide.models.checked import Checked, evidence
from esimguide.models.slugged import Slugged


class Region(models.TextChoices):
    """Where a device was sold, which decides more than its name does."""

    HONG_KONG = "hong-kong", _("Hong Kong or Macau")
    MAINLAND = "mainland", _("the mainland of China")
    US = "us", _("the United States")
    ELSEWHERE = "elsewhere", _("another place")
    ANY = "any", _("anywhere")


class DeviceQuerySet(PublishableQuerySet["Device"]):
    """Questions about devices."""

    def with_source(self) -> Self:
        """Fetch the source in the same query."""
        return self.select_related("source")

    def named(self, words: str) -> Self:
        """Return the devices whose name, brand or model number holds every one of ``words``.

        Words are split at spaces; empty means all.
        """
        found = self
        for word in words.split():
            brands = [
                b.value for b in Device.Brand if word.lower() in f"{b.value} {b.label}".lower()
            ]
            found = found.filter(
                models.Q(name_zh_hant__icontains=word)
                | models.Q(name_zh_hans__icontains=word)
                | models.Q(model_number__icontains=word)
                | models.Q(brand__in=brands)
            )
        return found

    def sold_in(self, region: Region | None) -> Self:
        """Return what is known of devices sold in ``region``; None means wherever."""
        return self.filter(region__in=(region, Region.ANY)) if region else self


class Device(Slugged, Checked, Publishable):
    """A phone, tablet, watch or card of one model (or a family alike in this) from one region.

    ``esim`` with its evidence is the answer; ``note`` says what limits it, or how to find out.
    """

    class Brand(models.TextChoices):
        """Who makes it."""

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
        """What kind of device it is."""

        PHONE = "phone", _("phone")
        TABLET = "tablet", _("tablet")
        WATCH = "watch", _("watch")
        CARD = "card", _("removable eSIM card")

    class Esim(models.TextChoices):
        """Whether it takes an eSIM."""

        YES = "yes", _("has eSIM")
        ONLY = "only", _("eSIM only, no card tray")
        LIMITED = "limited", _("has eSIM, with limits")
        NO = "no", _("no eSIM")
        UNKNOWN = "unknown", _("not confirmed")

    brand = models.CharField(_("brand"), max_length=8, choices=Brand)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PHONE)
    region = models.CharField(_("sold in"), max_length=9, choices=Region)
    name_zh_hant = phrase(_("model"))
    name_zh_hans = phrase(_("model"), blank=True)
    name = Translated()
    model_number = models.CharField(_("model number"), max_length=100, blank=True)
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
            published_complete("name", optional=("note",)),
            evidence(),
            models.CheckConstraint(
                condition=models.Q(esim="unknown", state="unknown")
                | ~models.Q(esim="unknown") & ~models.Q(state="unknown"),
                name="device_esim_is_known_with_its_evidence",
                violation_error_message=_(
                    "Whether it has eSIM is not confirmed exactly when its state is."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its answer, in the active language."""
        return reverse("device_detail", args=[self.slug])
