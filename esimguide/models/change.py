"""Change: a public note of what changed in the guide, and for whom it matters."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import (
    Publishable,
    PublishableQuerySet,
    phrase,
    published_complete,
)
from esimguide.models.carrier import Carrier
from esimguide.models.slugged import Slugged
from esimguide.models.topic import Topic


class ChangeQuerySet(PublishableQuerySet["Change"]):
    """Questions about changes."""

    def with_place(self) -> Self:
        """Fetch what the change concerns in the same query."""
        return self.select_related("carrier", "topic")


class Change(Slugged, Publishable):
    """What changed on a day; without a carrier and a topic it concerns the whole guide."""

    made_on = models.DateField(_("made on"))
    text_zh_hant = phrase(_("what changed"))
    text_zh_hans = phrase(_("what changed"), blank=True)
    text = Translated()
    carrier = models.ForeignKey(
        Carrier,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("carrier"),
    )
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("topic"),
    )

    history = HistoricalRecords()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("-made_on", "slug")
        constraints = [published_complete("text")]

    def __str__(self) -> str:
        return self.called("text")

    @property
    def place(self) -> Carrier | Topic | None:
        """The record it concerns, or None where it is the whole guide."""
        return self.carrier or self.topic
