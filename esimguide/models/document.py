"""Document: a paper or thing that a procedure asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import Bilingual, always_complete, phrase
from esimguide.models.fields import NormalizedCharField
from esimguide.models.slugged import Slugged, SluggedQuerySet


class Document(Slugged, Bilingual):
    """A paper or thing, and what to do without it."""

    name_zh_hant = phrase(_("name"))
    name_zh_hans = phrase(_("name"))
    name = Translated()
    name_en = NormalizedCharField(_("English name"), max_length=200)
    description_zh_hant = phrase(_("description"))
    description_zh_hans = phrase(_("description"))
    description = Translated()
    if_missing_zh_hant = phrase(_("if you do not have it"))
    if_missing_zh_hans = phrase(_("if you do not have it"))
    if_missing = Translated()
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    history = HistoricalRecords()

    objects = SluggedQuerySet["Document"].as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("position",)
        constraints = [always_complete("name", "description", "if_missing")]

    def __str__(self) -> str:
        return self.name
