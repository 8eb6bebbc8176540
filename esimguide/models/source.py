"""Source: a page somebody read, from which facts come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import Bilingual, always_complete, phrase


class SourceManager(models.Manager["Source"]):
    def get_by_natural_key(self, url: str) -> "Source":
        return self.get(url=url)


class Source(Bilingual):
    """A page somebody read: who publishes it, what kind of body that is, and how it was dated."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("operator")
        REGULATOR = "regulator", _("regulator")
        GOVERNMENT = "government", _("government")
        POLICE = "police", _("police")
        MAKER = "maker", _("maker")
        BANK = "bank", _("bank or service")
        STANDARD = "standard", _("standards body")
        PRESS = "press", _("press")
        FORUM = "forum", _("forum or individual")

    class Language(models.TextChoices):
        """The language the page is written in, as an HTML tag."""

        TRADITIONAL = "zh-Hant-HK", _("Traditional Chinese")
        SIMPLIFIED = "zh-Hans-CN", _("Simplified Chinese")
        ENGLISH = "en", _("English")
        JAPANESE = "ja", _("Japanese")

    url = models.URLField(_("address"), max_length=500, unique=True)
    title_zh_hant = phrase(_("title"))
    title_zh_hans = phrase(_("title"))
    title = Translated()
    publisher_zh_hant = phrase(_("publisher"))
    publisher_zh_hans = phrase(_("publisher"))
    publisher = Translated()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    dating_zh_hant = phrase(_("how it is dated, or through whom it was read"), blank=True)
    dating_zh_hans = phrase(_("how it is dated, or through whom it was read"), blank=True)
    dating = Translated()

    history = HistoricalRecords()

    objects = SourceManager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("publisher_zh_hant", "title_zh_hant")
        constraints = [
            always_complete("title", "publisher", optional=("dating",)),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="source_is_on_the_web",
                violation_error_message=_("An address starts with https://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}：{self.title}"

    def natural_key(self) -> tuple[str]:
        return (self.url,)
