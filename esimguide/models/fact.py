"""Fact: one answer to one question about a carrier, a procedure, a topic or a service."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from esimguide.i18n import COLUMNS, Translated
from esimguide.models.bilingual import Bilingual, absent, always_complete, filled, phrase
from esimguide.models.carrier import Carrier
from esimguide.models.checked import SAYS, Checked, State, evidence
from esimguide.models.fields import NormalizedCharField, one_of, optional_owner
from esimguide.models.message import confirmed_lately
from esimguide.models.plan_type import PlanType
from esimguide.models.procedure import Procedure
from esimguide.models.publishable import Status
from esimguide.models.service import Service
from esimguide.models.slugged import Slugged, SluggedQuerySet
from esimguide.models.source import Source
from esimguide.models.topic import Topic

OWNERS = ("carrier", "procedure", "topic", "service")  # a fact belongs to one of these


class FactQuerySet(SluggedQuerySet["Fact"]):
    def with_evidence(self) -> Self:
        """Fetch both sources and the number of recent ``confirmations`` of the present value."""
        as_now = Q()
        for side in COLUMNS.values():
            now = Concat(
                *(f"label_{side}", models.Value(SAYS), f"value_{side}"),
                output_field=models.TextField(),
            )
            as_now |= Q(reports__said=now)
        counted = self.annotate(
            confirmations=models.Count("reports", filter=confirmed_lately("reports__") & as_now)
        )
        # Django leaves a model's own order out of a query that counts.
        in_order = counted.order_by(*(Fact._meta.ordering or ()))
        return in_order.select_related("source", "other_source")

    def shown(self) -> Self:
        published = {f"{owner}__status": Status.PUBLISHED for owner in OWNERS}
        return self.filter(Q(**published, _connector=Q.OR))

    def by_reach(self) -> Self:
        """Return the facts by ``reach``, the number of published pages that show each; most first.

        These are the page of its owner (services share one) and of each other procedure with a step
        that shows it.
        """
        is_seen = Q(carrier__status=Status.PUBLISHED) | Q(topic__status=Status.PUBLISHED)
        is_seen |= Q(service__status=Status.PUBLISHED)
        steps = models.Count(
            "steps__procedure",
            filter=Q(steps__procedure__in=Procedure.objects.published())
            & ~Q(steps__procedure=F("procedure")),
            distinct=True,
        )
        own = models.Case(
            models.When(is_seen | Q(procedure__in=Procedure.objects.published()), then=1),
            default=0,
        )
        return self.annotate(reach=own + steps).order_by("-reach", "slug")

    def about_proxies(self) -> Self:
        """Return what is known about another person acting for the reader."""
        return self.filter(kind=Fact.Kind.PROXY).with_evidence()

    def shares(self) -> list[tuple[State, int, int]]:
        """Return how many facts stand in each state and how many per cent, in ``State``'s order."""
        counts = dict(self.order_by().values_list("state").annotate(models.Count("pk")))
        total = sum(counts.values()) or 1
        numbers = ((state, counts.get(state.value, 0)) for state in State)
        return [(state, count, round(100 * count / total)) for state, count in numbers]


class Fact(Slugged, Checked, Bilingual):
    """One question and its answer, with evidence.

    ``value`` is what readers see. ``amount_min``/``amount_max`` repeat it in numbers of ``unit``
    (HK$, minutes, hours, days, months) so that pages can compare. *Conflicting* shows the other
    value with its own source; *unknown* shows ``ask``, the sentence to ask the carrier with.
    """

    class Kind(models.TextChoices):
        FEE = "fee", _("fee")
        DURATION = "duration", _("how long it takes")
        HOURS = "hours", _("opening hours")
        VALIDITY = "validity", _("validity")
        GRACE = "grace", _("grace after expiry")
        KEPT = "kept", _("number kept for")
        REFILL = "refill", _("top-up")
        REFUND = "refund", _("refund")
        ESIM = "esim", _("eSIM offered")
        REISSUE = "reissue", _("how an eSIM is re-issued")
        QR_REUSE = "qr-reuse", _("QR code used again")
        OLD_PROFILE = "old-profile", _("what becomes of the old profile")
        REMOTE = "remote", _("possible from afar")
        REAL_NAME = "real-name", _("real-name registration")
        DOCUMENTS = "documents", _("documents")
        PROXY = "proxy", _("another person acting for you")
        LOSS = "loss", _("reporting a loss")
        LIMIT = "limit", _("limit")
        NETWORK = "network", _("network setting")
        IDENTITY = "identity", _("who the carrier is")
        FACTOR = "factor", _("what works instead of the code")
        NEW_PHONE = "new-phone", _("on a new phone, without the old one")
        WAIT = "wait", _("waiting time after binding a phone")
        CHANGE_NUMBER = "change-number", _("how the number is changed")
        HOTLINE = "hotline", _("lost-phone hotline")
        OTHER = "other", _("other")

    class Theme(models.TextChoices):
        REPLACING = "replacing", _("Replacing a SIM or eSIM")
        KEEPING = "keeping", _("Keeping the number alive")
        REGISTERING = "registering", _("Registration and papers")
        MORE = "more", _("More about this operator")

    class Unit(models.TextChoices):
        HKD = "hkd", _("HK$")
        MINUTES = "minutes", _("minutes")
        HOURS = "hours", pgettext_lazy("unit", "hours")
        DAYS = "days", _("days")
        MONTHS = "months", _("months")

    carrier = optional_owner(Carrier, "facts", _("carrier"))
    procedure = optional_owner(Procedure, "facts", _("procedure"))
    topic = optional_owner(Topic, "facts", _("topic"))
    service = optional_owner(Service, "facts", _("service"))
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    line = models.CharField(_("line type"), max_length=8, choices=PlanType, default=PlanType.ANY)
    label_zh_hant = phrase(_("question it answers"))
    label_zh_hans = phrase(_("question it answers"))
    label = Translated()
    value_zh_hant = NormalizedCharField(_("value"), max_length=500, blank=True)
    value_zh_hans = NormalizedCharField(_("value"), max_length=500, blank=True)
    value = Translated()
    other_value_zh_hant = NormalizedCharField(_("the other value"), max_length=500, blank=True)
    other_value_zh_hans = NormalizedCharField(_("the other value"), max_length=500, blank=True)
    other_value = Translated()
    other_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the other value"),
    )
    ask_zh_hant = phrase(_("sentence to ask the carrier with"), blank=True)
    ask_zh_hans = phrase(_("sentence to ask the carrier with"), blank=True)
    ask = Translated()
    amount_min = models.DecimalField(
        _("amount, at least"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    amount_max = models.DecimalField(
        _("amount, at most"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    unit = models.CharField(_("unit"), max_length=7, choices=Unit, blank=True)
    says_no = models.BooleanField(
        _("the answer is no: not offered"),
        default=False,
        help_text=_("For the coverage table. Only a confirmed fact can say no."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    reach: int  # only from by_reach()

    confirmations = 0  # by readers of late; counted by with_evidence()

    history = HistoricalRecords()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ("position", "slug")
        constraints = [
            always_complete("label", optional=("value", "other_value", "ask")),
            evidence(),
            models.CheckConstraint(
                condition=Q(state=State.UNKNOWN) & absent("value") & filled("ask")
                | ~Q(state=State.UNKNOWN) & filled("value"),
                name="fact_has_a_value_or_a_question_to_ask",
                violation_error_message=_(
                    "A confirmed fact needs its value; an unconfirmed one needs the sentence to ask"
                    " with, and no value."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=State.CONFLICTING, other_source__isnull=False)
                & filled("other_value")
                | ~Q(state=State.CONFLICTING) & Q(other_source=None) & absent("other_value"),
                name="fact_shows_both_values_when_conflicting",
                violation_error_message=_(
                    "“Conflicting” shows both values, each with its source; other states show one."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(amount_min=None) | Q(amount_min__gte=0))
                & (Q(amount_max=None) | Q(amount_max__gte=0))
                & (Q(amount_min=None) | Q(amount_max=None) | Q(amount_max__gte=F("amount_min"))),
                name="fact_amounts_in_order_from_zero",
                violation_error_message=_("Amounts start at zero, the smaller one first."),
            ),
            models.CheckConstraint(
                condition=Q(unit="", amount_min=None, amount_max=None)
                | ~Q(unit="") & (Q(amount_min__isnull=False) | Q(amount_max__isnull=False)),
                name="fact_amount_has_its_unit",
                violation_error_message=_("An amount needs its unit, and a unit its amount."),
            ),
            models.CheckConstraint(
                condition=Q(says_no=False) | ~Q(state=State.UNKNOWN),
                name="fact_says_no_on_evidence_only",
                violation_error_message=_("Only a confirmed fact can say no."),
            ),
            models.CheckConstraint(
                condition=one_of(*OWNERS),
                name="fact_belongs_to_one",
                violation_error_message=_(
                    "A fact belongs to one carrier, procedure, topic or service."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def statement(self) -> str:
        return f"{self.label}{SAYS}{self.value or self.ask}"

    def get_absolute_url(self) -> str:
        owner = self.carrier or self.procedure or self.topic or self.service
        return owner.get_absolute_url() if owner else ""

    @property
    def theme(self) -> Theme:
        return THEMES.get(self.Kind(self.kind), self.Theme.REPLACING)


# Every other kind is about replacing.
THEMES = {
    Fact.Kind.VALIDITY: Fact.Theme.KEEPING,
    Fact.Kind.GRACE: Fact.Theme.KEEPING,
    Fact.Kind.KEPT: Fact.Theme.KEEPING,
    Fact.Kind.REFILL: Fact.Theme.KEEPING,
    Fact.Kind.REFUND: Fact.Theme.KEEPING,
    Fact.Kind.LIMIT: Fact.Theme.REGISTERING,
    Fact.Kind.REAL_NAME: Fact.Theme.REGISTERING,
    Fact.Kind.DOCUMENTS: Fact.Theme.REGISTERING,
    Fact.Kind.PROXY: Fact.Theme.REGISTERING,
    Fact.Kind.HOURS: Fact.Theme.MORE,
    Fact.Kind.NETWORK: Fact.Theme.MORE,
    Fact.Kind.IDENTITY: Fact.Theme.MORE,
    Fact.Kind.OTHER: Fact.Theme.MORE,
}
