"""Service: something that sends codes to the number, and how to get in without it."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase
from esimguide.models.checked import Checked, evidence
from esimguide.models.fields import NormalizedCharField
from esimguide.models.publishable import Publishable, PublishableQuerySet, published_complete
from esimguide.models.slugged import Slugged


class ServiceQuerySet(PublishableQuerySet["Service"]):
    def with_evidence(self) -> Self:
        return self.select_related("source")

    def named(self, words: str) -> Self:
        """Return the services whose name in either script holds ``words``; empty means all."""
        if not words:
            return self
        in_name = models.Q(name_zh_hant__icontains=words) | models.Q(name_zh_hans__icontains=words)
        return self.filter(in_name | models.Q(name_en__icontains=words))


class Service(Slugged, Checked, Publishable):
    """A bank, wallet, government login or messenger.

    ``sms`` with its evidence says whether a reader whose number is dead gets stuck. Everything
    else (what works instead, the hotline, how the number is changed …) are its facts.
    """

    class Kind(models.TextChoices):
        BANK = "bank", _("bank")
        VIRTUAL_BANK = "virtual-bank", _("digital bank")
        WALLET = "wallet", _("wallet or payment")
        GOVERNMENT = "government", _("government or pension")
        MESSENGER = "messenger", _("messenger")
        ACCOUNT = "account", _("phone account")

    class Sms(models.TextChoices):
        NO = "no", _("no text message needed")
        PARTLY = "partly", _("text message needed for some steps")
        YES = "yes", _("text message needed")
        UNKNOWN = "unknown", _("not confirmed")

    name_zh_hant = phrase(_("name"))
    name_zh_hans = phrase(_("name"), blank=True)
    name = Translated()
    name_en = NormalizedCharField(_("English name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    sms = models.CharField(_("text message"), max_length=7, choices=Sms, default=Sms.UNKNOWN)
    summary_zh_hant = phrase(_("summary"), blank=True)
    summary_zh_hans = phrase(_("summary"), blank=True)
    summary = Translated()
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords()

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("position", "slug")
        constraints = [
            published_complete("name", "summary"),
            evidence(),
            models.CheckConstraint(
                condition=models.Q(sms="unknown", state="unknown")
                | ~models.Q(sms="unknown") & ~models.Q(state="unknown"),
                name="service_sms_is_known_with_its_evidence",
                violation_error_message=_(
                    "Whether a text message is needed is not confirmed exactly when its state is."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.called("name")

    def get_absolute_url(self) -> str:
        return reverse("service_detail", args=[self.slug])
