"""Procedures, with their steps and requirements in the same form."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from esimguide.admin.bilingual import MissingFilter, pair, shown
from esimguide.admin.checked import EVIDENCE, EVIDENCE_COLUMNS, CheckedAdmin, DueFilter
from esimguide.admin.fields import ticks
from esimguide.admin.history import is_restoring
from esimguide.admin.procedure import workflow
from esimguide.admin.procedure.public_note import NOTES, note_box, one_sided, tell_readers
from esimguide.admin.procedure.steps import RequirementInline, StepInline
from esimguide.admin.publish import PUBLISH, GuideForm
from esimguide.editorial.revisions import procedure_revision_id, set_change_reason
from esimguide.editorial.text_checks import still_needed
from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from esimguide.models import Procedure, Status

NOT_WRITING = {
    "status",
    "internal_note",
    *NOTES,
}  # boxes in which an editor writes nothing of the text
AUTOCOMPLETE = "/autocomplete/"


class ProcedureForm(GuideForm):
    """A procedure's own fields and two notes; the rows look after themselves."""

    internal_note = forms.CharField(
        label=_("note for editors"),
        max_length=100,
        required=False,
        help_text=_("Kept in the history; readers never see it."),
        widget=AdminTextInputWidget,
    )
    public_note_zh_hant = note_box(TRADITIONAL)
    public_note_zh_hans = note_box(SIMPLIFIED)

    def clean(self) -> dict[str, Any]:
        """Return the values; say beside the slug that the carrier already has one like it."""
        values = super().clean() or self.cleaned_data
        carrier, slug = values.get("carrier"), values.get("slug")
        others = Procedure.objects.live().exclude(pk=self.instance.pk)
        is_known = slug and "carrier" not in self.errors
        if is_known and others.filter(carrier=carrier, slug=slug).exists():
            self.add_error("slug", _("This carrier already has a procedure with this slug."))
        self._judge_note(values)
        # A version that comes back has no rows of its own in the form, and keeps today's.
        is_out = is_restoring(self.request) and values.get("status") == Status.PUBLISHED
        if is_out and not self.instance.steps.exists():
            self.add_error(None, _("A published procedure needs at least one step."))
        return values

    def _judge_note(self, values: dict[str, Any]) -> None:
        for name in one_sided(values):
            self.add_error(name, _("Fill in both languages."))
        is_told = any(values.get(name) for name in NOTES)
        if is_told and values.get("status") != Status.PUBLISHED:
            message = _("A public note goes out with a published text only.")
            self.add_error(NOTES[0], message)

    def judge_move(self, old: Status, new: Status) -> None:
        """Mark the status as other texts do, for a working copy, and for want of a review."""
        super().judge_move(old, new)
        if self.instance.replaces_id and new not in {Status.DRAFT, Status.REVIEW}:
            self.add_error("status", _("A working copy is published on the page “Publish”."))
        elif new == Status.PUBLISHED and "status" not in self.errors:
            self._judge_review()

    def _judge_review(self) -> None:
        user = self.request.user
        is_free = user.has_perm(workflow.UNREVIEWED)
        self.instance.must_be_as_reviewed = not is_free
        has_written = set(self.changed_data) - NOT_WRITING
        is_reviewed = self.instance.pk and workflow.is_reviewed_by_another(self.stored(), user)
        if not is_free and (has_written or not is_reviewed):
            message = _("Somebody who has not written it must review it first, as it stands.")
            self.add_error("status", message)

    def stored(self) -> Procedure:
        """Return the procedure as it is stored, with the status from before this form."""
        return Procedure.objects.get(pk=self.instance.pk)


@admin.register(Procedure)
class ProcedureAdmin(CheckedAdmin):
    """A procedure: what it is, for whom, how sure we are, and its steps and documents."""

    form = ProcedureForm
    inlines = (StepInline, RequirementInline)
    formfield_overrides = {models.ManyToManyField: {"widget": ticks()}}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("carrier", "slug"),
                    ("status", "position"),
                    pair("title"),
                    pair("summary"),
                    pair("before"),
                    pair("worked_if"),
                )
            },
        ),
        (
            _("For whom and how"),
            {
                "fields": (
                    ("by", "line", "sim"),
                    "is_first_aid",
                    ("from_hong_kong", "from_mainland", "from_macau", "from_overseas"),
                    "situations",
                    ("needs", "gains"),
                ),
                "description": _("A place left unticked means “not confirmed”, never “no”."),
            },
        ),
        EVIDENCE,
        (
            _("Notes on this change"),
            {"fields": ("internal_note", NOTES)},
        ),
    )
    list_display = (
        *shown(Procedure, "title"),
        "carrier",
        "by",
        "status",
        *EVIDENCE_COLUMNS,
        "replaces",
    )
    list_filter = ("status", "state", DueFilter, MissingFilter, "carrier", "by", "situations")
    list_select_related = ("carrier", "replaces__carrier")
    search_fields = ("slug", *pair("title"), *pair("summary"), *pair("carrier__name"))

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        """Return what cannot be typed; a working copy shares its address with the live one."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "carrier", "slug") if obj and obj.replaces_id else fixed  # type: ignore[attr-defined]

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Let those alone write in a live procedure who may publish without review; the others
        edit a working copy.
        """
        may = super().has_change_permission(request, obj)
        if not (may and obj) or request.user.has_perm(workflow.UNREVIEWED):
            return may
        return not Procedure.objects.filter(pk=obj.pk, status=Status.PUBLISHED).exists()

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Search; boxes of other forms never offer a working copy."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        return (found.filter(replaces=None) if AUTOCOMPLETE in request.path else found), repeats

    def get_urls(self) -> list[URLPattern]:
        moves = ("start", "discard", "approve", "withdraw", "publish", "compare", "restore")
        views = {move: self.admin_site.admin_view(getattr(workflow, move)) for move in moves}
        ours = [
            path(f"<int:pk>/{move}/", view, name=f"esimguide_procedure_{move}")
            for move, view in views.items()
        ]
        return [*ours, *super().get_urls()]

    @override
    def form_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context = super().form_context(request, obj)
        if obj is None:
            return context
        user = request.user
        is_waiting = obj.status == Status.REVIEW and obj.reviewed_by_id is None
        may_review = is_waiting and user.has_perm(workflow.REVIEW)
        return context | {
            "needed": [] if obj.is_published else still_needed(obj),
            "stamp": procedure_revision_id(obj),
            "previews": workflow.preview_addresses(obj),
            "may_withdraw": obj.is_published and user.has_perm(PUBLISH),
            "may_copy": obj.is_published and user.has_perm(workflow.CHANGE),
            "may_approve": may_review and not workflow.is_author(obj, user),
        }

    # ---- saving ----

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with the editor's note, and with how it came to be published."""
        reason = form.cleaned_data.get("internal_note", "")
        if getattr(obj, "is_coming_out", False):
            stored = form.stored() if change else obj
            reason = f"{workflow.reason_for(stored, request.user)} {reason}"
        if reason:
            set_change_reason(obj, reason.strip())
        super().save_model(request, obj, form, change)

    @override
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows; who has written is an author, whose text waits for another's review."""
        super().save_related(request, form, formsets, change)
        procedure = form.instance
        has_written = set(form.changed_data) - NOT_WRITING or any(
            rows.has_changed() for rows in formsets
        )
        if getattr(procedure, "is_coming_out", False):
            procedure.authors.clear()
        elif has_written:
            procedure.authors.add(request.user)
            Procedure.objects.filter(pk=procedure.pk).update(reviewed_by=None)
        tell_readers(procedure, form.cleaned_data)
