"""Term: one concept and the words each side uses for it."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import Bilingual, always_complete, phrase
from esimguide.models.fields import NormalizedCharField
from esimguide.models.slugged import Slugged, SluggedQuerySet
from esimguide.text.glossary import Aside


class TermQuerySet(SluggedQuerySet["Term"]):
    def misleading(self) -> Self:
        return self.filter(grade=Term.Grade.MISLEADS)

    def asides(self) -> list[Aside]:
        """Return what to say beside each misleading word, in the active language."""
        return [term.aside for term in self.misleading() if term.gloss]


class Term(Slugged, Bilingual):
    """One concept: the word preferred on each side, the words not to use there, and a gloss.

    ``forbidden`` and ``synonyms`` hold words separated by 「、」.
    """

    class Grade(models.TextChoices):
        """What the word of one side does to a reader of the other."""

        MISLEADS = "A", _("misleads")
        FOREIGN = "B", _("clearly foreign")
        UNDERSTOOD = "C", _("understood")

    english = NormalizedCharField(_("English"), max_length=100)
    word_zh_hant = phrase(_("preferred word"))
    word_zh_hans = phrase(_("preferred word"))
    word = Translated()
    forbidden_zh_hant = phrase(_("words not to use"), blank=True)
    forbidden_zh_hans = phrase(_("words not to use"), blank=True)
    synonyms = NormalizedCharField(_("synonyms"), max_length=200, blank=True)
    gloss_zh_hant = phrase(_("gloss"), blank=True)
    gloss_zh_hans = phrase(_("gloss"), blank=True)
    gloss = Translated()
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)

    history = HistoricalRecords()

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("grade", "english")
        constraints = [always_complete("word", optional=("gloss",))]

    def __str__(self) -> str:
        return f"{self.word_zh_hant}／{self.word_zh_hans}"

    @property
    def misleads(self) -> bool:
        return self.grade == self.Grade.MISLEADS

    @property
    def aside(self) -> Aside:
        return Aside(self.word, self.gloss, self.get_absolute_url())

    def get_absolute_url(self) -> str:
        return f"{reverse('term_list')}#{self.slug}"
