"""Question: something readers ask, answered, and hung where they will look for it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase, prose
from esimguide.models.carrier import Carrier
from esimguide.models.document import Document
from esimguide.models.fields import optional_owner
from esimguide.models.procedure import Procedure
from esimguide.models.publishable import Publishable, PublishableQuerySet, published_complete
from esimguide.models.slugged import Slugged
from esimguide.models.source import Source
from esimguide.models.topic import Topic


class QuestionQuerySet(PublishableQuerySet["Question"]):
    def with_place(self) -> Self:
        hangs_on = self.select_related("carrier", "procedure__carrier", "document", "topic")
        return hangs_on.prefetch_related("sources")


class Question(Slugged, Publishable):
    """A reader's question and its answer; it always hangs on something."""

    class Theme(models.TextChoices):
        PHONE = "phone", _("The phone and its eSIM")
        LOSS = "loss", _("Lost, stolen or cut off")
        REPLACING = "replacing", _("Getting a replacement")
        KEEPING = "keeping", _("Keeping the number and its codes")
        PAPERS = "papers", _("Papers and registration")

    question_zh_hant = phrase(_("question"))
    question_zh_hans = phrase(_("question"), blank=True)
    question = Translated()
    answer_zh_hant = prose(_("answer"), blank=True)
    answer_zh_hans = prose(_("answer"), blank=True)
    answer = Translated()
    theme = models.CharField(_("theme"), max_length=9, choices=Theme, default=Theme.REPLACING)
    carrier = optional_owner(Carrier, "questions", _("carrier"))
    procedure = optional_owner(Procedure, "questions", _("procedure"))
    document = optional_owner(Document, "questions", _("document"))
    topic = optional_owner(Topic, "questions", _("topic"))
    sources = models.ManyToManyField(Source, blank=True, verbose_name=_("sources"))
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    history = HistoricalRecords(m2m_fields=[sources])

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("position", "slug")
        constraints = [
            published_complete("question", "answer"),
            models.CheckConstraint(
                condition=Q(carrier__isnull=False)
                | Q(procedure__isnull=False)
                | Q(document__isnull=False)
                | Q(topic__isnull=False),
                name="question_hangs_on_something",
                violation_error_message=_(
                    "Attach the question to a carrier, procedure, document or topic."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.called("question")

    def get_absolute_url(self) -> str:
        return f"{reverse('question_theme', args=[self.theme])}#{self.slug}"
