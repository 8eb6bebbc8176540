"""Situation: what happened to the reader's number. Capability: what the reader may still have."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import Bilingual, always_complete, phrase
from esimguide.models.fields import NormalizedCharField
from esimguide.models.slugged import Slugged, SluggedQuerySet


class Capability(Slugged, Bilingual):
    """Something the reader may still have, and the question by which we ask for it."""

    label_zh_hant = phrase(_("label"))
    label_zh_hans = phrase(_("label"))
    label = Translated()
    question_zh_hant = phrase(_("question"))
    question_zh_hans = phrase(_("question"))
    question = Translated()
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    history = HistoricalRecords()

    objects = SluggedQuerySet["Capability"].as_manager()

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        ordering = ("position",)
        constraints = [always_complete("label", "question")]

    def __str__(self) -> str:
        return self.label


class Situation(Slugged, Bilingual):
    """What happened: lost phone, deleted profile, no signal for no reason, and so on.

    ``ask`` is the sentence to put to a carrier whose procedure for it is not confirmed.
    """

    class Urgency(models.TextChoices):
        NOW = "now", _("act now")
        TODAY = "today", _("act today")
        WAIT = "wait", _("can wait")

    title_zh_hant = phrase(_("title"))
    title_zh_hans = phrase(_("title"))
    title = Translated()
    title_en = NormalizedCharField(_("English title"), max_length=200)
    summary_zh_hant = phrase(_("summary"))
    summary_zh_hans = phrase(_("summary"))
    summary = Translated()
    ask_zh_hant = phrase(_("sentence to ask the carrier with"))
    ask_zh_hans = phrase(_("sentence to ask the carrier with"))
    ask = Translated()
    urgency = models.CharField(_("urgency"), max_length=5, choices=Urgency)
    takes = models.ManyToManyField(
        Capability,
        blank=True,
        related_name="+",
        verbose_name=_("what it takes away, unless the reader says otherwise"),
    )
    number_works = models.BooleanField(_("the number still works"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    history = HistoricalRecords(m2m_fields=[takes])

    objects = SluggedQuerySet["Situation"].as_manager()

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        ordering = ("position",)
        constraints = [always_complete("title", "summary", "ask")]

    def __str__(self) -> str:
        return self.title
