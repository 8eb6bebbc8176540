"""What the editors' pages of readers' messages share: the queue, the spam folder, duplicates."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Field as Column
from django.db.models import Model, QuerySet
from django.forms import Field, ModelForm, model_to_dict
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from esimguide.admin.base import GuideOptions
from esimguide.models import Folder


class FolderFilter(admin.SimpleListFilter):
    """Lists one folder; without a choice, what is still to be read."""

    title = _("folder")
    parameter_name = "folder"

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        model_admin: ModelAdmin,  # noqa: ARG002 (Django's signature)
    ) -> tuple[tuple[str, Any], ...]:
        """Return the choices."""
        return (*Folder.choices, ("all", _("All")))

    def choices(self, changelist: Any) -> Any:  # noqa: ANN401 (Django's own shape)
        """Return the links; the inbox is the one chosen at first."""
        chosen = self.value() or Folder.INBOX
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": query, "display": title}

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        queryset: QuerySet,
    ) -> QuerySet:
        """Return the messages of the folder; copies stand under their first one."""
        chosen = self.value() or Folder.INBOX
        if chosen not in Folder:
            return queryset
        return queryset.filter(folder=chosen, same_as=None)


class ReceivedForm(ModelForm):
    """What editors write about a message. Messages have no history to tell who came first, so each
    box carries what it held when the page was opened.
    """

    data: Any  # of a bound form a QueryDict, of which a copy may be written in

    def clean(self) -> dict[str, Any]:
        """Return the values; the second of two editors is told what the first one saved."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        stored = (
            type(self.instance).objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        )
        now = model_to_dict(stored, self.fields)
        overtaken = [
            name for name in self.fields if self._differs(name, now[name], self._seen(name))
        ]
        if overtaken:
            texts = (
                _("Somebody else has saved this meanwhile."),
                _("Saving again keeps what the form shows now."),
            )
            self.add_error(None, [ValidationError(text) for text in texts])
            self.data = self.data.copy()
        for name in overtaken:
            self._hold(name, stored, now[name])
        return values

    def _seen(self, name: str) -> str:
        return str(self.data.get(self.add_initial_prefix(name), "")).replace("\r\n", "\n")

    def _differs(self, name: str, one: object, other: object) -> bool:
        return bool(self.fields[name].has_changed(one, other))

    def _hold(self, name: str, stored: Any, now: object) -> None:  # noqa: ANN401 (any message)
        """Show beside a box what another saved; take it over if this editor typed nothing there."""
        if name not in self.changed_data:
            self.data[self.add_prefix(name)] = now
        self.data[self.add_initial_prefix(name)] = now
        words = getattr(stored, f"get_{name}_display", lambda: getattr(stored, name))()
        self.add_error(name, format_lazy("{} {}", _("theirs, saved:"), str(words or "–")))


class ReceivedAdmin(GuideOptions, ModelAdmin):
    """A page of messages. What a reader wrote can be read and sorted, never rewritten.

    Messages have no history: what is deleted after its time must be gone.
    """

    form = ReceivedForm
    actions = ("mark_done", "mark_spam", "mark_inbox", "merge")
    change_form_template = "admin/received_form.html"
    list_per_page = 50
    list_filter: ClassVar[tuple[Any, ...]] = (FolderFilter, "language", "received_at")

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: object
    ) -> Field | None:
        """Return the form field, which carries what it held at first."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.show_hidden_initial = True
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django's signature)
        """Messages come from readers alone."""
        return False

    @admin.action(description=_("Put into: done"), permissions=("change",))
    def mark_done(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Sort the messages as done."""
        self._sort(request, queryset, Folder.DONE)

    @admin.action(description=_("Put into: spam"), permissions=("change",))
    def mark_spam(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Sort the messages as spam; they no longer count."""
        self._sort(request, queryset, Folder.SPAM)

    @admin.action(description=_("Put back: to be read"), permissions=("change",))
    def mark_inbox(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Sort the messages as unread."""
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

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,  # noqa: ANN401 (a message)
        form: ModelForm,
        change: bool,  # noqa: FBT001 (Django's signature)
    ) -> None:
        """Save; the copies of a message that is now a copy itself follow it to its first one."""
        super().save_model(request, obj, form, change)
        if obj.same_as_id:
            obj.copies.update(same_as=obj.same_as_id)
            self.follow_up()

    def _sort(self, request: HttpRequest, queryset: QuerySet[Model], folder: Folder) -> None:
        count = queryset.update(folder=folder)
        text = gettext("Put into “%(folder)s”: %(count)d") % {
            "folder": folder.label,
            "count": count,
        }
        self.message_user(request, text, messages.SUCCESS)
        self.follow_up()
