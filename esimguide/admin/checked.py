"""Evidence: what is due for a check, and the editor's word that a source was read again."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from esimguide.admin.base import GuideAdmin
from esimguide.models.checked import Checked, is_overdue

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts
    from django_stubs_ext import StrOrPromise

CHECK_AGAIN_AFTER = dt.timedelta(days=90)
SOON = dt.timedelta(days=14)

EVIDENCE: "tuple[StrOrPromise, _FieldOpts]" = (
    _("Evidence"),
    {
        "fields": ("state", "source", ("checked_on", "check_again_on"), "checked_by"),
        "description": _(
            "“Checked” is not “edited”: move the day only after reading the source again."
        ),
    },
)


class DueFilter(admin.SimpleListFilter):
    """Lists what is due for a check, by Hong Kong's calendar."""

    title = _("check")
    parameter_name = "due"

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        model_admin: ModelAdmin,  # noqa: ARG002 (Django's signature)
    ) -> tuple[tuple[str, Any], ...]:
        """Return the choices."""
        return (
            ("overdue", _("check overdue")),
            ("soon", _("due in 14 days")),
            ("later", _("not due")),
        )

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        queryset: QuerySet,
    ) -> QuerySet:
        """Return the records of the chosen kind; a record without a next check is not due."""
        today = timezone.localdate()
        conditions = {
            "overdue": is_overdue(today),
            "soon": Q(check_again_on__range=(today, today + SOON)),
            "later": Q(check_again_on__gt=today + SOON) | Q(check_again_on=None),
        }
        return queryset.filter(conditions.get(str(self.value()), Q()))


class CheckedAdmin(GuideAdmin):
    """A page of records with evidence. Only the action and the date field move the check."""

    actions = ("mark_checked",)
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("source",)
    readonly_fields: ClassVar[tuple[str, ...]] = ("checked_by",)

    @admin.display(description=_("check again on"), ordering="check_again_on")
    def next_check(self, record: Checked) -> str:
        """Return the day of the next check, with a word beside it once it has passed."""
        day = str(formats.localize(record.check_again_on) or "")
        if not record.is_overdue:
            return day
        return format_html('<strong class="overdue">{} {}</strong>', day, _("overdue"))

    # In lists only: on a form its button would come first, and Enter in a box would press it.
    @admin.action(description=_("Mark as checked today"), permissions=("change",))
    def mark_checked(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Move the check of every record that has a source; name the others."""
        with transaction.atomic():
            records = list(queryset)
            sourced = [record for record in records if record.source_id]
            for record in sourced:
                mark(record, request)
                self.log_change(request, record, gettext("Read the source again."))
        bare = "、".join(str(record) for record in records if not record.source_id)
        if sourced:
            text = gettext("Marked as checked today: %(count)d") % {"count": len(sourced)}
            self.message_user(request, text, messages.SUCCESS)
        if bare:
            text = gettext("Not marked, for want of a source: %(names)s") % {"names": bare}
            self.message_user(request, text, messages.WARNING)

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: ModelForm,
        change: bool,  # noqa: FBT001 (Django's signature)
    ) -> None:
        """Save; who types a day of checking has done the check."""
        note_checker(form, request)
        super().save_model(request, obj, form, change)


def mark(record: Checked, request: HttpRequest) -> None:
    """Save ``record`` as checked today by the signed-in editor, with a version of its own."""
    today = timezone.localdate()
    record.checked_on, record.check_again_on = today, today + CHECK_AGAIN_AFTER
    record.checked_by_id = request.user.pk
    record._change_reason = gettext("Read the source again.")  # type: ignore[attr-defined] # noqa: SLF001 (simple-history's way)
    record.save()


def note_checker(form: ModelForm, request: HttpRequest) -> None:
    """Put the signed-in editor's name to a day of checking that was typed into ``form``."""
    if "checked_on" in form.changed_data:
        form.instance.checked_by_id = request.user.pk if form.instance.checked_on else None
