"""Step: one action of a procedure. Requirement: a document's place in it."""

from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.i18n import Translated
from esimguide.models.bilingual import Bilingual, always_complete, phrase, prose
from esimguide.models.document import Document
from esimguide.models.fact import Fact
from esimguide.models.procedure import Procedure


class StepQuerySet(models.QuerySet["Step"]):
    def get_by_natural_key(self, carrier: str, procedure: str, position: int) -> "Step":
        owner = Procedure.objects.get_by_natural_key(carrier, procedure)
        return self.get(procedure=owner, position=position)


class Step(Bilingual):
    """One action. An alternative ("or") stands right after the step it can be done instead of."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="steps", verbose_name=_("procedure")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    is_alternative = models.BooleanField(_("“or”: instead of the step before"), default=False)
    title_zh_hant = phrase(_("title, a verb first"))
    title_zh_hans = phrase(_("title, a verb first"))
    title = Translated()
    body_zh_hant = prose(_("text"), blank=True)
    body_zh_hans = prose(_("text"), blank=True)
    body = Translated()
    caution_zh_hant = prose(_("caution"), blank=True)
    caution_zh_hans = prose(_("caution"), blank=True)
    caution = Translated()
    worked_if_zh_hant = phrase(_("it worked if"), blank=True)
    worked_if_zh_hans = phrase(_("it worked if"), blank=True)
    worked_if = Translated()
    if_fails_zh_hant = prose(_("if it fails"), blank=True)
    if_fails_zh_hans = prose(_("if it fails"), blank=True)
    if_fails = Translated()
    facts = models.ManyToManyField(
        Fact, blank=True, related_name="steps", verbose_name=_("cost and time")
    )
    sends_code = models.BooleanField(_("sends a code to the dead number"), default=False)
    is_irreversible = models.BooleanField(_("cannot be undone"), default=False)
    # In a working copy: the live step that this one will become.
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    history = HistoricalRecords(m2m_fields=[facts])

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("procedure_id", "position")
        constraints = [
            always_complete("title", optional=("body", "caution", "worked_if", "if_fails")),
            models.UniqueConstraint(fields=("procedure", "position"), name="step_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="step_position_from_one"),
            models.CheckConstraint(
                condition=~Q(position=1, is_alternative=True),
                name="step_first_is_no_alternative",
                violation_error_message=_("The first step cannot be an alternative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.procedure.natural_key(), self.position)

    natural_key.dependencies = ["esimguide.procedure"]  # type: ignore[attr-defined]


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def get_by_natural_key(self, carrier: str, procedure: str, document: str) -> "Requirement":
        owner = Procedure.objects.get_by_natural_key(carrier, procedure)
        return self.get(procedure=owner, document__slug=document)

    def of_published(self) -> Self:
        return self.filter(procedure__in=Procedure.objects.published())

    def by_document(self) -> models.QuerySet[Document]:
        """Return every document, each with its share of these requirements as ``asked_by``."""
        mine = self.select_related("procedure__carrier")
        return Document.objects.prefetch_related(
            Prefetch("requirements", queryset=mine, to_attr="asked_by")
        )


class Requirement(Bilingual):
    """A document's place in a procedure: needed, one of several, or perhaps asked for."""

    class Necessity(models.TextChoices):
        REQUIRED = "required", _("required")
        ONE_OF = "one-of", _("one of these")
        MAYBE = "maybe", _("may be asked for")

    class Form(models.TextChoices):
        ORIGINAL = "original", _("original")
        COPY = "copy", _("copy")
        EITHER = "either", _("original or copy")
        UNSTATED = "unstated", _("form not stated")

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="requirements", verbose_name=_("procedure")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="requirements", verbose_name=_("document")
    )
    necessity = models.CharField(_("necessity"), max_length=8, choices=Necessity)
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.UNSTATED)
    note_zh_hant = phrase(_("remark"), blank=True)
    note_zh_hans = phrase(_("remark"), blank=True)
    note = Translated()
    if_missing_zh_hant = phrase(_("if you do not have it, here"), blank=True)
    if_missing_zh_hans = phrase(_("if you do not have it, here"), blank=True)
    if_missing = Translated()
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    history = HistoricalRecords()

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ("procedure_id", "position", "document__position")
        constraints = [
            always_complete(optional=("note", "if_missing")),
            models.UniqueConstraint(
                fields=("procedure", "document"), name="requirement_document_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.procedure.natural_key(), self.document.slug)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "esimguide.procedure",
        "esimguide.document",
    ]
