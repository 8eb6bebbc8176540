"""Misconception: a claim people act on, and its correction."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase, prose
from esimguide.models.carrier import Carrier
from esimguide.models.checked import Checked, evidence
from esimguide.models.publishable import Publishable, PublishableQuerySet, published_complete
from esimguide.models.situation import Situation
from esimguide.models.slugged import Slugged
from esimguide.models.step import Step


class MisconceptionQuerySet(PublishableQuerySet["Misconception"]):
    def with_evidence(self) -> Self:
        return self.select_related("source")

    def met_in(self, situations: Iterable[Situation], carrier: Carrier | None) -> Self:
        """Return those about any of these situations; one that names carriers shows with those
        only.
        """
        is_for_it = models.Q(carriers=None) | models.Q(carriers=carrier)
        return self.filter(is_for_it, situations__in=situations).distinct()


class Misconception(Slugged, Checked, Publishable):
    """A claim and its correction, and where people go wrong by it."""

    claim_zh_hant = phrase(_("claim"))
    claim_zh_hans = phrase(_("claim"), blank=True)
    claim = Translated()
    correction_zh_hant = prose(_("correction"), blank=True)
    correction_zh_hans = prose(_("correction"), blank=True)
    correction = Translated()
    situations = models.ManyToManyField(
        Situation, blank=True, related_name="misconceptions", verbose_name=_("situations")
    )
    carriers = models.ManyToManyField(
        Carrier, blank=True, related_name="misconceptions", verbose_name=_("carriers")
    )
    steps = models.ManyToManyField(
        Step, blank=True, related_name="misconceptions", verbose_name=_("steps")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords(m2m_fields=[situations, carriers, steps])

    objects = MisconceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("misconception")
        verbose_name_plural = _("misconceptions")
        ordering = ("position", "slug")
        constraints = [published_complete("claim", "correction"), evidence()]

    def __str__(self) -> str:
        return self.called("claim")

    def get_absolute_url(self) -> str:
        return f"{reverse('misconception_list')}#{self.slug}"
