"""Redirect: an address that readers may still hold, and where its page stands now."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.models.fields import NormalizedCharField


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def for_path(self, path: str) -> Self:
        """Return the entries at or above ``path`` (which names no language), nearest first."""
        parts = path.rstrip("/").split("/")
        above = ["/".join(parts[:length]) + "/" for length in range(len(parts), 1, -1)]
        found = self.filter(old__in=above)
        return found.annotate(depth=models.functions.Length("old")).order_by("-depth")


class Redirect(models.Model):
    """One old address and the present one, both without the language: ``carriers/old/``."""

    old = NormalizedCharField(_("old address"), max_length=200, unique=True)
    new = NormalizedCharField(_("new address"), max_length=200)

    history = HistoricalRecords(table_name="esimguide_historicalmoved")

    objects = RedirectQuerySet.as_manager()

    class Meta:
        db_table = "esimguide_moved"
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ("old",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old=F("new")),
                name="moved_leads_elsewhere",
                violation_error_message=_("An address cannot lead to itself."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @staticmethod
    def record(old: str, new: str) -> None:
        """Redirect ``old`` to ``new``, and update redirects that lead to ``old`` or below it."""
        Redirect.objects.filter(old=new).delete()
        for earlier in Redirect.objects.filter(new__startswith=old):
            earlier.new = new + earlier.new.removeprefix(old)
            earlier.save()
        Redirect.objects.update_or_create(old=old, defaults={"new": new})
