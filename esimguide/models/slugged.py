"""Slugged: a record that addresses and fixtures know by its slug."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SluggedQuerySet[M: models.Model](models.QuerySet[M]):
    def get_by_natural_key(self, slug: str) -> M:
        return self.get(slug=slug)


class Slugged(models.Model):
    """A record with a unique slug, which is its natural key."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)

    class Meta:
        abstract = True

    def natural_key(self: Self) -> tuple[str]:
        return (self.slug,)
