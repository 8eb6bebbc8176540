"""Report: a reader says that a statement was wrong, old, or just as it says."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from esimguide.models.carrier import Channel
from esimguide.models.fact import Fact
from esimguide.models.message import Folder, Message, MessageQuerySet, confirmed_lately
from esimguide.models.procedure import Procedure

REOPENS = 2  # contradictions that bring a statement back to the editors' desk


class ReportQuerySet(MessageQuerySet["Report"]):
    def counted(self) -> Self:
        return self.exclude(folder=Folder.SPAM).filter(same_as=None)

    def contradicting(self) -> Self:
        return self.waiting().filter(kind=Report.Kind.CONTRADICTS)

    def confirmed(self) -> dict[str, int]:
        """Return the number of recent confirmations by statement, which is the key."""
        lately = self.filter(confirmed_lately()).order_by()
        return dict(lately.values_list("said").annotate(Count("pk")))

    def confirming(self, channels: Iterable[Channel]) -> list[Channel]:
        """Return the channels, each with its recent ``confirmations`` of what it says now."""
        listed = list(channels)
        counts = self.filter(channel__in=listed).confirmed()
        for channel in listed:
            channel.confirmations = sum(counts.get(said, 0) for said in channel.statements)
        return listed

    def for_notes(self) -> Self:
        owners = ("fact__carrier", "fact__procedure__carrier", "fact__topic", "fact__service")
        return self.select_related(*owners, "channel__carrier", "procedure__carrier", "same_as")


class Report(Message):
    """A reader's report on one fact, one channel, or one step of a procedure.

    A step is kept by its number, since publishing a working copy makes new steps; ``said`` is the
    text that the reader had before them. ``fee`` is in HK$, ``minutes`` in minutes.
    """

    class Kind(models.TextChoices):
        CONFIRMS = "confirms", _("it was like this")
        CONTRADICTS = "contradicts", _("wrong or old")

    fact = models.ForeignKey(
        Fact, models.CASCADE, null=True, related_name="reports", verbose_name=_("fact")
    )
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, related_name="reports", verbose_name=_("channel")
    )
    procedure = models.ForeignKey(
        Procedure, models.CASCADE, null=True, related_name="reports", verbose_name=_("procedure")
    )
    step_number = models.PositiveSmallIntegerField(_("step"), null=True)
    said = models.TextField(_("what the guide said"), max_length=2000, editable=False)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    saw = models.TextField(_("What did you see instead?"), max_length=2000, blank=True)
    met_on = models.DateField(_("On which day?"), null=True, blank=True)
    met_at = models.CharField(_("At which shop, or on which line?"), max_length=200, blank=True)
    fee = models.DecimalField(
        _("What did you pay, in HK$?"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    minutes = models.PositiveIntegerField(
        _("How many minutes did it take?"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100_000)],
    )
    asked_for = models.CharField(_("What did they ask for?"), max_length=500, blank=True)
    link = models.CharField(
        _("Link to a page that shows it"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )

    objects = ReportQuerySet.as_manager()

    class Meta(Message.Meta):
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        constraints = [
            *Message.Meta.constraints,
            models.CheckConstraint(
                condition=Q(fact__isnull=False, channel=None, procedure=None, step_number=None)
                | Q(fact=None, channel__isnull=False, procedure=None, step_number=None)
                | Q(fact=None, channel=None, procedure__isnull=False, step_number__gte=1),
                name="report_is_about_one_statement",
            ),
            models.CheckConstraint(
                condition=Q(kind="confirms") | ~Q(saw=""), name="report_contradicts_in_words"
            ),
            models.CheckConstraint(
                condition=Q(fee=None) | Q(fee__gte=0), name="report_fee_from_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.said[:60]}"

    def clean(self) -> None:
        super().clean()
        if self.met_on and self.met_on > timezone.localdate():
            raise ValidationError({"met_on": _("This day is still to come.")})

    @property
    def summary(self) -> str:
        fee = f"HK${self.fee.normalize():f}" if self.fee is not None else ""
        words = (self.get_kind_display(), self.saw, fee, self.met_at, self.asked_for)
        return "；".join(filter(None, words))

    @property
    def target(self) -> Fact | Channel | Procedure | None:
        """The record it is about; for a step, its procedure."""
        return self.fact or self.channel or self.procedure


def contradicted(about: type[Fact | Channel]) -> Any:  # noqa: ANN401 (an annotated queryset)
    """Return the records with REOPENS or more unread contradicting reports (``contradictions``)."""
    unread = Q(
        reports__folder=Folder.INBOX,
        reports__kind=Report.Kind.CONTRADICTS,
        reports__same_as=None,
    )
    counted: Any = about.objects.annotate(contradictions=Count("reports", filter=unread))
    return counted.filter(contradictions__gte=REOPENS).order_by("-contradictions", "slug")


def contradicted_steps() -> list[tuple[int, int, int]]:
    """Return such steps, most contradicted first: procedure's key, step number, reports."""
    unread = Report.objects.contradicting().filter(procedure__isnull=False).order_by()
    counted = unread.values_list("procedure", "step_number").annotate(contradictions=Count("pk"))
    again = counted.filter(contradictions__gte=REOPENS)
    return list(again.order_by("-contradictions", "procedure", "step_number"))
