"""Place: where the reader is; Placed: what can be done from which places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    """Where the reader is now."""

    HONG_KONG = "hong-kong", _("Hong Kong")
    MAINLAND = "mainland", _("the mainland")
    MACAU = "macau", _("Macau")
    OVERSEAS = "overseas", _("elsewhere")


class Placed(models.Model):
    """Something that can be used from some places. Unticked means "not confirmed", never "no"."""

    from_hong_kong = models.BooleanField(_("from Hong Kong"), default=False)
    from_mainland = models.BooleanField(_("from the mainland"), default=False)
    from_macau = models.BooleanField(_("from Macau"), default=False)
    from_overseas = models.BooleanField(_("from elsewhere"), default=False)

    class Meta:
        abstract = True

    @property
    def places(self) -> tuple[Place, ...]:
        """The places from which this is confirmed to work, in the order of ``Place``."""
        return tuple(p for p in Place if getattr(self, f"from_{p.name.lower()}"))
