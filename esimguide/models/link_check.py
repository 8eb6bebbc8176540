"""LinkCheck: what became of an address that the guide names, when it was last tried."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> Self:
        return self.exclude(outcome=LinkCheck.Outcome.GOOD)


class LinkCheck(models.Model):
    """One address, by itself: sources and channels are found by it, so that a corrected address
    loses its old answer by not being found any more.
    """

    is_content = False  # readers never see it

    class Outcome(models.TextChoices):
        GOOD = "good", _("answers")
        MOVED = "moved", _("leads to another site")
        GONE = "gone", _("page is gone")
        BROKEN = "broken", _("answers with an error")
        SILENT = "silent", _("does not answer")
        REFUSED = "refused", _("not an address that may be opened")

    url = models.CharField(_("address"), max_length=500, unique=True)
    outcome = models.CharField(_("answer"), max_length=7, choices=Outcome)
    detail = models.CharField(_("details"), max_length=200, blank=True)
    tried_at = models.DateTimeField(_("tried at"))

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        db_table = "esimguide_link"
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("url",)

    def __str__(self) -> str:
        return self.url
