"""History: who changed what, version by version, and the way back to an earlier one."""

import dataclasses
from contextlib import nullcontext
from typing import Any, override

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import HistoricalChanges, ModelChange, ModelChangeValue
from simple_history.template_utils import HistoricalRecordContextHelper, ObjDiffDisplay

from esimguide.admin.bilingual import label

DIFFERENCE_LENGTH = 400  # characters of an old or new text that are shown
DIGITS = 18  # of a primary key; a longer number is none


def is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= DIGITS


def is_restoring(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and str(match.url_name).endswith("_simple_history")


# ---- in words ----------------------------------------------------------------------------------


class Shortened(ObjDiffDisplay):  # type: ignore[misc]
    """Long texts in the history, with what both have in common left out."""

    @override
    def shortened_str(self, prefix: str, num_skipped_chars: int, suffix: str) -> str:
        return f"{prefix}…{suffix}"


class FieldDifference(HistoricalRecordContextHelper):  # type: ignore[misc]
    """One version's changes, in the words of the form: labels with their language, choices."""

    def format_delta_change(self, change: ModelChange) -> ModelChange:
        name = capfirst(str(label(self.model, change.field)))
        return dataclasses.replace(super().format_delta_change(change), field=name)

    def prepare_delta_change_value(
        self, change: ModelChange, value: ModelChangeValue
    ) -> ModelChangeValue:
        """Return a choice's words instead of its code."""
        field = self.model._meta.get_field(change.field)
        if choices := dict(getattr(field, "flatchoices", ())):
            return str(choices.get(value, value))
        return super().prepare_delta_change_value(change, value)

    def get_obj_diff_display(self) -> ObjDiffDisplay:
        return Shortened(max_length=DIFFERENCE_LENGTH)


# ---- the pages ---------------------------------------------------------------------------------


class VersionedAdmin(SimpleHistoryAdmin, ModelAdmin):  # type: ignore[misc]
    """A record's versions, in templates of ours: the package's own carry inline styles."""

    object_history_template = "admin/history.html"
    object_history_form_template = "admin/history_form.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one version in the form; POST makes it the present one, or changes nothing."""
        record = self.get_object(request, object_id)
        if not is_number(version_id) or record is None:
            raise Http404
        # The package itself asks for no more than the right to look.
        if request.method == "POST" and not self.has_change_permission(request, record):
            raise PermissionDenied
        # Reading takes no transaction: SQLite's begins by locking out all other writers.
        with transaction.atomic() if request.method == "POST" else nullcontext():
            answer: HttpResponse = super().history_form_view(
                request, object_id, version_id, extra_context
            )
        return answer

    def history_form_view_title(self, request: HttpRequest, obj: Model) -> str:
        """Return the title; the record's name could lean on something that is gone by now."""
        can_restore = not self.revert_disabled(request, obj)
        return _("Restore an earlier version") if can_restore else _("An earlier version")

    @override
    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: HistoricalChanges
    ) -> FieldDifference:
        return FieldDifference(self.model, historical_record)

    @override
    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save; a version that comes back lets go of records that were deleted since."""
        if is_restoring(request):
            self._drop_lost_links(obj, form)
        super().save_model(request, obj, form, change)

    def _drop_lost_links(self, obj: Model, form: ModelForm) -> None:
        """Empty the links that the form does not show, and so has not judged, if they lead
        nowhere.
        """
        for field in self.opts.concrete_fields:
            if isinstance(field, ForeignKey) and field.name not in form.fields:
                target: Any = field.related_model
                if not target.objects.filter(pk=getattr(obj, field.attname)).exists():
                    setattr(obj, field.name, None)
