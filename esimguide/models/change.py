"""Change: a public note of what changed in the guide, and for whom it matters."""

from collections.abc import Mapping
from itertools import count
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase
from esimguide.models.carrier import Carrier
from esimguide.models.device import Device
from esimguide.models.fields import optional_owner
from esimguide.models.procedure import Procedure
from esimguide.models.publishable import (
    Publishable,
    PublishableQuerySet,
    Status,
    published_complete,
)
from esimguide.models.service import Service
from esimguide.models.slugged import Slugged
from esimguide.models.topic import Topic


class ChangeQuerySet(PublishableQuerySet["Change"]):
    def with_place(self) -> Self:
        return self.select_related("carrier", "procedure__carrier", "topic", "device", "service")

    def announce(
        self,
        texts: Mapping[str, str],
        **places: Carrier | Procedure | Topic | Device | Service | None,
    ) -> "Change":
        """Publish a note of today. ``texts`` has both columns of the text, ``places`` the records
        on whose pages it shows (``carrier=…, procedure=…``).
        """
        note = Change(made_on=timezone.localdate(), status=Status.PUBLISHED, **texts, **places)
        about = note.place.slug if note.place else "guide"
        start = f"{note.made_on:%Y%m%d}-{about}"[:54]
        slugs = (f"{start}-{number}" if number > 1 else start for number in count(1))
        note.slug = next(slug for slug in slugs if not self.filter(slug=slug).exists())
        note.save(force_insert=True)
        return note


class Change(Slugged, Publishable):
    """What changed on a day, and on which pages; with none of them, in the whole guide."""

    made_on = models.DateField(_("made on"))
    text_zh_hant = phrase(_("what changed"))
    text_zh_hans = phrase(_("what changed"), blank=True)
    text = Translated()
    carrier = optional_owner(Carrier, "changes", _("carrier"))
    topic = optional_owner(Topic, "changes", _("topic"))
    procedure = optional_owner(Procedure, "changes", _("procedure"))
    device = optional_owner(Device, "changes", _("device"))
    service = optional_owner(Service, "changes", _("service"))

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
    def place(self) -> Carrier | Procedure | Topic | Device | Service | None:
        """The record it concerns most closely, or None where it is the whole guide."""
        return self.procedure or self.service or self.device or self.topic or self.carrier
