"""Topic: an explainer, such as what an eSIM is or how to stay safe."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase, prose
from esimguide.models.publishable import Publishable, PublishableQuerySet, published_complete
from esimguide.models.slugged import Slugged
from esimguide.models.source import Source


class TopicQuerySet(PublishableQuerySet["Topic"]):
    def without_text(self) -> Self:
        return self.defer("body_zh_hant", "body_zh_hans")

    def finding_carrier(self) -> Self:
        """Return the topic that tells how to find out one's carrier: one row or none."""
        return self.filter(slug=FINDING_CARRIER)

    def about_devices(self) -> Self:
        return self.filter(slug__in=ABOUT_DEVICES)


# The page for readers who do not know their carrier; forms offer it as "I do not know".
FINDING_CARRIER = "find-your-carrier"
ABOUT_DEVICES = (
    "check-your-phone",
    "mainland-iphone",
    "moving-an-esim",
    "erase-repair-restore",
    "how-many-esims",
    "removable-cards",
)


class Topic(Slugged, Publishable):
    """One explainer in Markdown, with the pages it rests on."""

    title_zh_hant = phrase(_("title"))
    title_zh_hans = phrase(_("title"), blank=True)
    title = Translated()
    summary_zh_hant = phrase(_("summary"), blank=True)
    summary_zh_hans = phrase(_("summary"), blank=True)
    summary = Translated()
    body_zh_hant = prose(_("text"))
    body_zh_hans = prose(_("text"), blank=True)
    body = Translated()
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords(m2m_fields=[sources])

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("position", "slug")
        constraints = [published_complete("title", "summary", "body")]

    def __str__(self) -> str:
        return self.called("title")

    @property
    def finds_carrier(self) -> bool:
        return self.slug == FINDING_CARRIER

    def get_absolute_url(self) -> str:
        return reverse("topic_detail", args=[self.slug])
