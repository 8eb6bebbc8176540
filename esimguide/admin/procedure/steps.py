"""Steps and requirements: the rows of a procedure's form, and the history of each."""

from typing import Any, ClassVar, override

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ManyToManyField, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from esimguide.admin.base import GuideAdmin, ReadOnlyAdmin
from esimguide.admin.bilingual import pair, shown
from esimguide.admin.rows import GuideInline, OrderedForm, OrderedFormSet
from esimguide.models import Fact, Procedure, Requirement, Status, Step


class PartFormSet(OrderedFormSet):
    """Rows of a procedure, which is published as it was reviewed."""

    def clean(self) -> None:
        """Raise ValidationError for rows changed in the form that publishes what was reviewed."""
        super().clean()
        must_stay = getattr(self.instance, "must_be_as_reviewed", False)
        if must_stay and any(form.has_changed() for form in self.forms):
            message = _("Somebody who has not written it must review it first, as it stands.")
            raise ValidationError(message)


class PartInline(GuideInline):
    """Rows of a procedure in an order of their own, each with a way to its history."""

    form = OrderedForm
    formset = PartFormSet
    readonly_fields = ("past",)

    @admin.display(description=_("history"))
    def past(self, part: Model) -> str:
        if part.pk is None:
            return ""
        address = reverse(f"admin:esimguide_{self.opts.model_name}_history", args=[part.pk])
        return format_html('<a href="{}">{}</a>', address, _("All versions"))


# ---- steps -------------------------------------------------------------------------------------


def offered_facts(procedure: Procedure) -> QuerySet[Fact]:
    """Return the facts that its steps may show: its own, its carrier's, those chosen before."""
    if procedure.pk is None:
        return Fact.objects.none()
    keys = [procedure.pk, procedure.replaces_id]
    is_own = Q(procedure__in=[key for key in keys if key]) | Q(carrier__procedures=procedure.pk)
    return Fact.objects.filter(is_own | Q(steps__procedure=procedure.pk)).distinct()


class StepFormSet(PartFormSet):
    """Steps in their order: the first is no alternative, a published procedure has one at least."""

    @cached_property
    def facts(self) -> list[tuple[int, str]]:
        """The facts on offer, each with its value, fetched once for all rows."""
        facts = offered_facts(self.instance)
        return [(fact.pk, f"{fact.label}：{fact.value or fact.ask}") for fact in facts]

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        field: Any = form.fields["facts"]
        field.queryset, field.choices = offered_facts(self.instance), self.facts

    def clean(self) -> None:
        """Raise ValidationError for a published procedure without steps; mark a wrong first row."""
        super().clean()
        if any(self.errors):
            return
        if not self.rows and self.instance.status == Status.PUBLISHED:
            raise ValidationError(_("A published procedure needs at least one step."))
        for form in self.forms:
            is_first = self.rows and form.instance is self.rows[0]
            if is_first and form.cleaned_data["is_alternative"]:
                form.add_error("is_alternative", _("The first step cannot be an alternative."))


class StepInline(PartInline):
    """The steps of a procedure."""

    model = Step
    formset = StepFormSet
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("order", "is_alternative"),
                    pair("title"),
                    pair("body"),
                    pair("caution"),
                    pair("worked_if"),
                    pair("if_fails"),
                    ("sends_code", "is_irreversible", "past"),
                )
            },
        ),
        (_("cost and time"), {"fields": ("facts",), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Step]:
        return super().get_queryset(request).prefetch_related("facts")

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        """Return the field without choices; the rows' formset knows which to offer."""
        kwargs["queryset"] = Fact.objects.none()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


# ---- requirements ------------------------------------------------------------------------------


class RequirementInline(PartInline):
    """The documents that a procedure asks for."""

    model = Requirement
    max_num = 20
    fields = (
        ("order", "document"),
        ("necessity", "form"),
        pair("note"),
        pair("if_missing"),
        "past",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Requirement]:
        return super().get_queryset(request).select_related("document")


# ---- their own pages: to look at, for the history ----------------------------------------------


class PartAdmin(ReadOnlyAdmin, GuideAdmin):
    """A page to look at one row and its versions; writing is done in the procedure's form."""

    actions = None
    list_select_related: ClassVar[tuple[str, ...]] = ("procedure__carrier",)
    shown_on = ("procedure",)

    @override
    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep it off the index: the procedure's form is the way here."""
        return False

    @override
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse here; the permission itself must stand, or no procedure could be deleted."""
        raise PermissionDenied

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"show_delete": False} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)


@admin.register(Step)
class StepAdmin(PartAdmin):
    """One step."""

    list_display = (*shown(Step, "title"), "procedure", "position")
    search_fields = (*pair("title"), *pair("body"))


@admin.register(Requirement)
class RequirementAdmin(PartAdmin):
    """One document's place in a procedure."""

    list_display = ("document", "procedure", "necessity", "position")
    list_select_related = ("procedure__carrier", "document")
    search_fields = (*pair("document__name"), *pair("note"))
