"""Procedure: how to get something done with a carrier, by one channel."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, DecimalField, F, Max, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import phrase, prose
from esimguide.models.carrier import Carrier, Channel
from esimguide.models.checked import Checked, evidence
from esimguide.models.place import Placed
from esimguide.models.plan_type import PlanType
from esimguide.models.publishable import READABLE, Publishable, Status, published_complete
from esimguide.models.situation import Capability, Situation

# What one of a fact's units is worth, in minutes and in HK$.
MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60, "months": 30 * 24 * 60}
HKD = {"hkd": 1}


def _most(kind: str, units: dict[str, int]) -> Max:
    fact = "steps__facts"
    amount = Coalesce(F(f"{fact}__amount_max"), F(f"{fact}__amount_min"))
    cases = [
        When(**{f"{fact}__kind": kind, f"{fact}__unit": unit}, then=amount * worth)
        for unit, worth in units.items()
    ]
    return Max(Case(*cases, output_field=DecimalField()))


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def get_by_natural_key(self, carrier: str, slug: str) -> "Procedure":
        """Return the procedure ``slug`` of ``carrier``; an empty carrier means a general one."""
        owner = Q(carrier__slug=carrier) if carrier else Q(carrier=None)
        return self.live().get(owner, slug=slug)

    def live(self) -> Self:
        """Return the procedures themselves, without the working copies of some."""
        return self.filter(replaces=None)

    def published(self) -> Self:
        """Return what readers may see: published, and not hidden behind an unpublished carrier."""
        has_carrier = Q(carrier=None) | Q(carrier__status=Status.PUBLISHED)
        return self.filter(has_carrier, status=Status.PUBLISHED)

    def readable(self) -> Self:
        has_carrier = Q(carrier=None) | Q(carrier__status__in=READABLE)
        return self.filter(has_carrier, status__in=READABLE)

    def general(self) -> Self:
        return self.filter(carrier=None)

    def for_situation(self, situation: Situation) -> Self:
        return self.filter(situations=situation)

    def with_summary(self) -> Self:
        return self.select_related("carrier", "source")

    def for_reader(self, situation: Situation | None, line: str) -> Self:
        """Return what fits what happened and the line type; None and "any" narrow nothing."""
        fitting = self if line == PlanType.ANY else self.filter(line__in=(PlanType.ANY, line))
        return fitting.for_situation(situation) if situation else fitting

    def of_carrier_or_general(self, carrier: Carrier | None) -> Self:
        """Return the carrier's own procedures and the general ones; never another carrier's."""
        return self.filter(Q(carrier=None) | Q(carrier=carrier))

    def with_capabilities(self) -> Self:
        """Fetch what ``guide/routes.py`` reads. ``minutes`` and ``hkd`` are the most that the facts
        of its steps state, or None.
        """
        known = self.annotate(minutes=_most("duration", MINUTES), hkd=_most("fee", HKD))
        # Django leaves a model's own order out of a query that counts.
        in_order = known.order_by(*(Procedure._meta.ordering or ()))
        return in_order.with_summary().prefetch_related("needs", "gains")


class Procedure(Checked, Placed, Publishable):
    """How to get something done: for one carrier or, without one, for any.

    ``by`` is the channel's kind (hotline, shop …). ``needs`` are what the reader must still have,
    ``gains`` what the procedure leaves them with. ``state`` *unknown* is an honest page: nothing
    is confirmed, so it says whom to ask and with which words.

    A working copy ``replaces`` a live procedure and shares its carrier and slug; ``copied_from`` is
    the stamp (see revisions.py) of the live one at that time. ``authors`` have written since the
    last publication, ``reviewed_by`` has read it and is none of them.
    """

    class Sim(models.TextChoices):
        ANY = "any", _("plastic SIM or eSIM, or not stated")
        PLASTIC = "plastic", _("plastic SIM card")
        ESIM = "esim", _("eSIM")

    carrier = models.ForeignKey(
        Carrier,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="procedures",
        verbose_name=_("carrier"),
        help_text=_("Empty: fits any carrier."),
    )
    slug = models.SlugField(_("slug"), max_length=60)
    title_zh_hant = phrase(_("title"))
    title_zh_hans = phrase(_("title"), blank=True)
    title = Translated()
    summary_zh_hant = phrase(_("summary"), blank=True)
    summary_zh_hans = phrase(_("summary"), blank=True)
    summary = Translated()
    before_zh_hant = prose(_("before you start"), blank=True)
    before_zh_hans = prose(_("before you start"), blank=True)
    before = Translated()
    worked_if_zh_hant = phrase(_("how you know it worked"), blank=True)
    worked_if_zh_hans = phrase(_("how you know it worked"), blank=True)
    worked_if = Translated()
    by = models.CharField(_("done by"), max_length=8, choices=Channel.Kind)
    line = models.CharField(_("line type"), max_length=8, choices=PlanType, default=PlanType.ANY)
    sim = models.CharField(_("kind of SIM"), max_length=7, choices=Sim, default=Sim.ANY)
    is_first_aid = models.BooleanField(
        _("stops the damage, does not bring the number back"), default=False
    )
    situations = models.ManyToManyField(
        Situation, related_name="procedures", verbose_name=_("situations")
    )
    needs = models.ManyToManyField(
        Capability, blank=True, related_name="needed_by", verbose_name=_("needs")
    )
    gains = models.ManyToManyField(
        Capability, blank=True, related_name="gained_by", verbose_name=_("gains")
    )
    replaces = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="working_copy",
        verbose_name=_("working copy of"),
        editable=False,
    )
    copied_from = models.CharField(max_length=60, default="", blank=True, editable=False)
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, editable=False, related_name="+", verbose_name=_("authors")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    # What the steps' facts state at most; known once with_capabilities() has asked for it.
    minutes: Decimal | None = None
    hkd: Decimal | None = None

    history = HistoricalRecords(m2m_fields=[situations, needs, gains])

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        # General ones first on either database: PostgreSQL would put them last.
        ordering = (F("carrier__position").asc(nulls_first=True), "position", "slug")
        permissions = [
            ("review_procedure", _("Can review procedures")),
            ("publish_procedure", _("Can publish procedures that were reviewed")),
            ("publish_unreviewed_procedure", _("Can publish procedures without a review")),
        ]
        constraints = [
            published_complete("title", "summary", optional=("before", "worked_if")),
            evidence(),
            models.UniqueConstraint(
                fields=("carrier", "slug"),
                condition=Q(replaces=None),
                name="procedure_slug_once_a_carrier",
            ),
            models.UniqueConstraint(
                fields=("slug",),
                condition=Q(carrier=None, replaces=None),
                name="procedure_slug_once_in_general",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(status__in=(Status.DRAFT, Status.REVIEW)),
                name="procedure_working_copy_is_hidden",
            ),
        ]

    def __str__(self) -> str:
        title = self.called("title")
        return f"{self.carrier}：{title}" if self.carrier_id else title

    def natural_key(self) -> tuple[str, str]:
        """Return the carrier's slug (empty for a general procedure) and the procedure's."""
        return (self.carrier.slug if self.carrier else "", self.slug)

    natural_key.dependencies = ["esimguide.carrier"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        owner = [self.carrier.slug] if self.carrier else []
        return reverse("procedure_detail", args=[*owner, self.slug])

    def get_checklist_url(self) -> str:
        return f"{self.get_absolute_url()}checklist/"
