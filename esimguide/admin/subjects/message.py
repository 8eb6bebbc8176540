"""What the editors' pages of readers' messages share: the queue, the spam folder, duplicates."""

from typing import Any, ClassVar, override

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from esimguide.admin.fields import GuideOptions
from esimguide.admin.overwrite_guard import CarryInitial, OverwriteGuardForm
from esimguide.models import Folder


class FolderFilter(admin.SimpleListFilter):
    """Lists one folder; without a choice, what is still to be read."""

    title = _("folder")
    parameter_name = "folder"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> tuple[tuple[str, Any], ...]:
        return (*Folder.choices, ("all", _("All")))

    @override
    def choices(self, changelist: Any) -> Any:
        """Return the links; the inbox is the one chosen at first."""
        chosen = self.value() or Folder.INBOX
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": query, "display": title}

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the messages of the folder; copies stand under their first one."""
        chosen = self.value() or Folder.INBOX
        if chosen not in Folder:
            return queryset
        return queryset.filter(folder=chosen, same_as=None)


class MessageAdmin(CarryInitial, GuideOptions, ModelAdmin):
    """A page of messages. What a reader wrote can be read and sorted, never rewritten.

    Messages have no history: what is deleted after its time must be gone.
    """

    form = OverwriteGuardForm
    actions = ("mark_done", "mark_spam", "mark_inbox", "merge")
    change_form_template = "admin/received_form.html"
    list_per_page = 50
    list_filter: ClassVar[tuple[Any, ...]] = (FolderFilter, "language", "received_at")

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_notes()  # type: ignore[attr-defined, no-any-return]

    @admin.action(description=_("Put into: done"), permissions=("change",))
    def mark_done(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._sort(request, queryset, Folder.DONE)

    @admin.action(description=_("Put into: spam"), permissions=("change",))
    def mark_spam(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._sort(request, queryset, Folder.SPAM)

    @admin.action(description=_("Put back: to be read"), permissions=("change",))
    def mark_inbox(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._sort(request, queryset, Folder.INBOX)

    @admin.action(description=_("Merge: the oldest stands for all"), permissions=("change",))
    def merge(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Make all but the oldest of the ticked messages, and their copies, copies of it."""
        first, *others = queryset.order_by("received_at", "pk")
        keys = [record.pk for record in others]
        model = queryset.model
        model.objects.filter(pk=first.pk).update(same_as=None)
        model.objects.filter(pk__in=keys).update(same_as=first)
        model.objects.filter(same_as__in=keys).update(same_as=first)
        text = gettext("Merged into one: %(count)d") % {"count": len(keys) + 1}
        self.message_user(request, text, messages.SUCCESS)
        self.follow_up()

    def follow_up(self) -> None:
        """Do what sorting and merging may have made due; a page of messages says what."""

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save; the copies of a message that is now a copy itself follow it to its first one."""
        super().save_model(request, obj, form, change)
        if obj.same_as_id:
            obj.copies.update(same_as=obj.same_as_id)
            self.follow_up()

    def _sort(self, request: HttpRequest, queryset: QuerySet[Model], folder: Folder) -> None:
        found = {"folder": folder.label, "count": queryset.update(folder=folder)}
        text = gettext("Put into “%(folder)s”: %(count)d") % found
        self.message_user(request, text, messages.SUCCESS)
        self.follow_up()
