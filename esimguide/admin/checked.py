"""Evidence: what is due for a check, and the editor's word that a source was read again."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, override

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
from esimguide.editorial.revisions import set_change_reason
from esimguide.models import Fact
from esimguide.models.checked import SOON, Checked, State, is_overdue

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts
    from django_stubs_ext import StrOrPromise

# How long a check holds, in days, by the kind of fact: as long as such things stay the same.
CHECK_DAYS = {
    # Price lists, queues and offers change without notice, and a wrong one costs the reader a trip.
    Fact.Kind.FEE: 60,
    Fact.Kind.DURATION: 60,
    Fact.Kind.HOURS: 60,
    Fact.Kind.REMOTE: 60,
    Fact.Kind.LOSS: 60,
    Fact.Kind.HOTLINE: 60,
    # Carriers rebuild their eSIM systems a few times a year.
    Fact.Kind.ESIM: 90,
    Fact.Kind.REISSUE: 90,
    Fact.Kind.QR_REUSE: 90,
    Fact.Kind.OLD_PROFILE: 90,
    Fact.Kind.DOCUMENTS: 90,
    Fact.Kind.PROXY: 90,
    Fact.Kind.FACTOR: 90,
    Fact.Kind.NEW_PHONE: 90,
    Fact.Kind.WAIT: 90,
    Fact.Kind.CHANGE_NUMBER: 90,
    # Terms of a contract, which are announced before they change.
    Fact.Kind.VALIDITY: 120,
    Fact.Kind.GRACE: 120,
    Fact.Kind.KEPT: 120,
    Fact.Kind.REFILL: 120,
    Fact.Kind.REFUND: 120,
    Fact.Kind.OTHER: 120,
    # Law, company names and network settings.
    Fact.Kind.REAL_NAME: 180,
    Fact.Kind.LIMIT: 180,
    Fact.Kind.NETWORK: 180,
    Fact.Kind.IDENTITY: 180,
}
# Everything else with evidence, by model.
CHECK_DAYS_BY_MODEL = {
    "channel": 60,  # a dead hotline is the worst error the guide can have
    "procedure": 90,  # as the carriers' systems
    "service": 90,  # banks drop text messages one app version at a time
    "device": 180,  # a model that is sold does not change; new ones come once or twice a year
    "misconception": 180,  # what is wrong stays wrong
}
# What nobody has found is looked for again, not checked.
UNKNOWN_DAYS = 182

EVIDENCE_FIELDS = ("state", "source", ("checked_on", "check_again_on"), "checked_by")
EVIDENCE: "tuple[StrOrPromise, _FieldOpts]" = (
    _("Evidence"),
    {
        "fields": EVIDENCE_FIELDS,
        "description": _(
            "“Checked” is not “edited”: move the day only after reading the source again."
        ),
    },
)
EVIDENCE_COLUMNS = ("state", "checked_on", "next_check")


class DueFilter(admin.SimpleListFilter):
    """Lists what is due for a check, by Hong Kong's calendar."""

    title = _("check")
    parameter_name = "due"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> tuple[tuple[str, Any], ...]:
        return (
            ("overdue", _("check overdue")),
            ("soon", _("due in 14 days")),
            ("again", _("to be looked for again")),
            ("later", _("not due")),
        )

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the records of the chosen kind; a record without a next check is not due."""
        today, unknown = timezone.localdate(), Q(state=State.UNKNOWN)
        conditions = {
            "overdue": is_overdue(today),
            "soon": Q(check_again_on__range=(today, today + SOON)) & ~unknown,
            "again": Q(check_again_on__lte=today + SOON) & unknown,
            "later": Q(check_again_on__gt=today + SOON) | Q(check_again_on=None),
        }
        return queryset.filter(conditions.get(str(self.value()), Q()))


class CheckedAdmin(GuideAdmin):
    """A page of records with evidence, which stands below the ``fields`` unless ``fieldsets`` say
    where. Only the action and the date field move the check.
    """

    actions = ("mark_checked",)
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("source",)
    readonly_fields: ClassVar[tuple[str, ...]] = ("checked_by",)

    @override
    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        found = super().get_fieldsets(request, obj)
        return found if self.fieldsets else [*found, EVIDENCE]

    @admin.display(description=_("check again on"), ordering="check_again_on")
    def next_check(self, record: Checked) -> str:
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

    @override
    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save; who types a day of checking has done the check."""
        note_checker(form, request)
        super().save_model(request, obj, form, change)


def next_check_of(record: Checked, checked_on: dt.date) -> dt.date:
    """Return the day until which a check on ``checked_on`` holds, by the two tables above."""
    if not record.is_confirmed:
        return checked_on + dt.timedelta(days=UNKNOWN_DAYS)
    by_model = CHECK_DAYS_BY_MODEL.get(str(record._meta.model_name), 0)
    days = CHECK_DAYS[Fact.Kind(record.kind)] if isinstance(record, Fact) else by_model
    return checked_on + dt.timedelta(days=days)


def mark(record: Checked, request: HttpRequest, reason: str = "") -> None:
    """Save ``record`` as checked today by the signed-in editor, in a version that says why."""
    today = timezone.localdate()
    record.checked_on, record.check_again_on = today, next_check_of(record, today)
    record.checked_by_id = request.user.pk
    set_change_reason(record, reason or gettext("Read the source again."))
    record.save()


def note_checker(form: ModelForm, request: HttpRequest) -> None:
    """Put the signed-in editor's name to a day of checking that was typed into ``form``."""
    if "checked_on" in form.changed_data:
        form.instance.checked_by_id = request.user.pk if form.instance.checked_on else None
