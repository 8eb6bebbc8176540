"""What every editors' page shares: saving without loss, its search, the way to the public page."""

from collections.abc import Sequence
from typing import Any, ClassVar, override

from django.contrib import messages
from django.contrib.admin import ActionLocation, ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from esimguide.admin.bilingual import labels, writing_problems
from esimguide.admin.conflicts import (
    DRAFT,
    VERSION,
    Rows,
    detect_conflicts,
    fill_drafts,
    held_form,
)
from esimguide.admin.desk.note import confirm_texts, note_texts
from esimguide.admin.desk.usage import UsageAdmin
from esimguide.admin.fields import GuideOptions
from esimguide.admin.history import VersionedAdmin, is_number
from esimguide.admin.import_export import ExchangeAdmin
from esimguide.admin.publish import GuideForm, keep_old_address
from esimguide.admin.session_recovery import restore_form
from esimguide.editorial.revisions import revision_id, set_change_reason
from esimguide.models.bilingual import Bilingual

SEARCH_LENGTH = 100  # characters; each word is one more branch of the query


class ReadOnlyAdmin(ModelAdmin):
    """A page to look at: nobody adds or changes a record in it."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class GuideAdmin(GuideOptions, UsageAdmin, ExchangeAdmin, VersionedAdmin):
    """An editors' page with both languages side by side and a history that can be restored.

    ``shown_on`` names the links of which the first filled one leads to the record on whose public
    page readers see this one; without any, it is the record itself.
    """

    class Media:
        js = ("js/admin.js",)

    form: type[ModelForm] = GuideForm
    shown_on: ClassVar[tuple[str, ...]] = ()
    save_on_top = True
    list_per_page = 50

    @override
    def get_list_display_links(
        self, request: HttpRequest, list_display: Sequence[Any]
    ) -> tuple[Any, ...]:
        """Return the first two columns: a record's name in either language."""
        return tuple(list_display[:2])

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """Return the record; an empty field's name, which Django stumbles on, is none."""
        return super().get_object(request, object_id, from_field or None)

    # ---- nobody's work is lost ----

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form; one that another editor has overtaken is shown again instead."""
        restore_form(request)
        self._look_before_saving(request, object_id)
        if request.method == "POST" and object_id and not held_form(request):
            with transaction.atomic():
                self._lock(object_id, request)
                self._look_before_saving(request, object_id)
                if not held_form(request):
                    return super().changeform_view(request, object_id, form_url, extra_context)
        if held_form(request):  # nothing is written, and showing takes too long for a lock
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _look_before_saving(self, request: HttpRequest, object_id: str | None) -> None:
        if request.method != "POST" or held_form(request):
            return
        if DRAFT in request.POST:
            fill_drafts(request)
        elif object_id and (record := self.get_object(request, unquote(object_id))):
            detect_conflicts(request, record, self.get_rows(request, record))

    def _lock(self, object_id: str, request: HttpRequest) -> None:
        if record := self.get_object(request, unquote(object_id)):
            rows = [(model, link) for model, link, _prefix in self.get_rows(request, record)]
            for model, link in ((self.model, "pk"), *rows):
                mine = model._default_manager.filter(**{link: record.pk})
                list(mine.select_for_update(of=("self",)))

    def get_rows(self, request: HttpRequest, record: Model) -> Rows:
        """Return the models of the rows in the form, each with its link here and its prefix."""
        models = {inline.model for inline in self.get_inline_instances(request, record)}
        return [
            (link.related_model, link.field.attname, str(link.get_accessor_name()))
            for link in self.opts.related_objects
            if link.related_model in models
        ]

    @override
    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: object
    ) -> type[ModelForm]:
        """Return the form's class, which knows who is editing and whether it is held."""
        form: Any = super().get_form(request, obj, change, labels=labels(self.model), **kwargs)
        form.request = request
        return form  # type: ignore[no-any-return]

    @override
    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        """Show the form with the remarks on its texts and the stamp of what it was made from."""
        note_texts(request, context)
        context |= self.form_context(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def form_context(self, request: HttpRequest, obj: Model | None) -> dict[str, Any]:
        """Return what the form's template shows beside Django's own."""
        context: dict[str, Any] = {
            "may_note": True,
            "may_draft": issubclass(self.model, Bilingual),
            "hold": held_form(request),
        }
        if obj:
            pairs = [(model, link) for model, link, _prefix in self.get_rows(request, obj)]
            context["version"] = request.POST.get(VERSION) or revision_id(obj, *pairs)
        return context

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save with the editor's note; a page that readers knew keeps its old address."""
        confirm_texts(form, obj)
        if note := request.POST.get("editors_note", "").strip():
            set_change_reason(obj, note)
        with keep_old_address(form):
            super().save_model(request, obj, form, change)

    # ---- the way to the public page ----

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """Return the address under which readers see ``obj``, or None while they do not."""
        owner: Any = self.get_owner(obj) if obj and obj.pk else None
        if not hasattr(owner, "get_absolute_url"):
            return None
        records = type(owner).objects
        if hasattr(records, "published"):
            records = records.published()
        return str(owner.get_absolute_url()) if records.filter(pk=owner.pk).exists() else None

    def get_owner(self, obj: Model) -> Model:
        return next(filter(None, (getattr(obj, name) for name in self.shown_on)), obj)

    # ---- typography ----

    @override
    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[Any], change: bool
    ) -> None:
        """Save all; then say, without refusing, where a text breaks the rules of typography."""
        super().save_related(request, form, formsets, change)
        rows = [f.instance for formset in formsets for f in formset.forms if f.has_changed()]
        for problem in [p for record in (form.instance, *rows) for p in writing_problems(record)]:
            self.message_user(request, problem, messages.WARNING)

    # ---- bad input ----

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Search for the first words only, so that no query grows too deep for the database."""
        return super().get_search_results(request, queryset, search_term[:SEARCH_LENGTH])

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> HttpResponse | None:
        """Run an action on the ticked rows; 400 for a row that cannot exist."""
        if not all(map(is_number, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            message = "a row without a number"
            raise BadRequest(message)
        return super().response_action(request, queryset, action_location)
