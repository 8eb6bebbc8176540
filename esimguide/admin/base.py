"""What every editors' page shares: its form fields, its search, the way to the public page."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, override

from django.contrib import messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import DateField, ManyToManyField, Model, QuerySet, TextField
from django.db.models import Field as Column
from django.forms import (
    CheckboxSelectMultiple,
    DateInput,
    Field,
    ModelForm,
    ModelMultipleChoiceField,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext

from esimguide.admin.bilingual import label, labels, writing_problems
from esimguide.admin.conflicts import (
    DRAFT,
    VERSION,
    Rows,
    detect_conflicts,
    fill_drafts,
    held_form,
)
from esimguide.admin.desk.note import confirmed_texts, note_texts
from esimguide.admin.desk.usage import kept_for_readers, uses
from esimguide.admin.history import VersionedAdmin, is_number
from esimguide.admin.import_export import ExchangeAdmin
from esimguide.admin.publish import GuideForm, keep_old_address
from esimguide.admin.session_recovery import restore_form
from esimguide.editorial.revisions import revision_id
from esimguide.i18n import HTML_TAGS, language_of
from esimguide.models.bilingual import Bilingual

SEARCH_LENGTH = 100  # characters; each word is one more branch of the query
PROSE_ROWS = 3

type Attributes = dict[str, Any] | None

# ---- form fields -------------------------------------------------------------------------------


def ticks() -> CheckboxSelectMultiple:
    """Return the widget for a short list of which several may be chosen: boxes to tick."""
    return CheckboxSelectMultiple(attrs={"class": "ticks"})


class KeysField(ModelMultipleChoiceField):
    """Several records by their keys. An odd key is an error; Django's own would hand it to the
    database, and SQLite overflows on a number that is too long.
    """

    @override
    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if not is_number(str(key)):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, "invalid_pk_value", {"pk": key})
        return super().clean(value)


class Prose(AdminTextareaWidget):
    """A box for Markdown. Browsers send its lines with CR LF; texts are kept with LF alone, so
    that saving an untouched text leaves it as it was.
    """

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict, name: str
    ) -> str | None:
        typed: str | None = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if typed else typed


class PickOne(AutocompleteSelect):
    """A box that searches while one types; an odd key that was sent shows as nothing chosen."""

    @override
    def optgroups(self, name: str, value: Sequence[str], attrs: Attributes = None) -> Any:
        """Return the chosen record, if the key can be one."""
        return super().optgroups(name, [key for key in value if is_number(str(key))], attrs)


class PickMany(AutocompleteSelectMultiple):
    """The same for several records."""

    @override
    def optgroups(self, name: str, value: Sequence[str], attrs: Attributes = None) -> Any:
        """Return the chosen records whose keys can be some."""
        return super().optgroups(name, [key for key in value if is_number(str(key))], attrs)


class GuideOptions(BaseModelAdmin):
    """Form fields that say their language and need no script, for pages and their rows alike."""

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: object
    ) -> Field | None:
        """Return the form field; days have the browser's own calendar."""
        if isinstance(db_field, DateField):
            kwargs["widget"] = DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        if isinstance(db_field, TextField):
            kwargs["widget"] = Prose(attrs={"rows": PROSE_ROWS})
        if isinstance(db_field, ManyToManyField):
            kwargs.setdefault("form_class", KeysField)
        if db_field.name in self.get_autocomplete_fields(request):
            pick = PickMany if isinstance(db_field, ManyToManyField) else PickOne
            kwargs["widget"] = pick(db_field, self.admin_site)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            self._mark_language(field, db_field)
            self._spare_links(field)
        return field

    def _mark_language(self, field: Field, column: Column) -> None:
        if language := language_of(column.name):
            field.label = capfirst(str(label(column.model, column.name)))
            field.widget.attrs["lang"] = HTML_TAGS[language]

    def _spare_links(self, field: Field) -> None:
        """Leave out the links that would delete the chosen record, or add to a settled list."""
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            if isinstance(field.widget.widget, CheckboxSelectMultiple):
                field.widget.can_add_related = False


# ---- pages -------------------------------------------------------------------------------------


class GuideAdmin(GuideOptions, ExchangeAdmin, VersionedAdmin):
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
        self,
        request: HttpRequest,
        list_display: Sequence[Any],
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
                list(
                    model._default_manager.filter(**{link: record.pk}).select_for_update(
                        of=("self",)
                    )
                )

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
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,
        **kwargs: object,
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
        context["may_note"] = True
        context["may_draft"] = issubclass(self.model, Bilingual)
        context["hold"] = held_form(request)
        if obj:
            pairs = [(model, link) for model, link, _prefix in self.get_rows(request, obj)]
            context["version"] = request.POST.get(VERSION) or revision_id(obj, *pairs)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @override
    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,
    ) -> None:
        """Save with the editor's note; a page that readers knew keeps its old address."""
        for name in confirmed_texts(request, form):
            obj.confirm(name)
        if note := request.POST.get("editors_note", "").strip():
            obj._change_reason = note[:100]  # noqa: SLF001 (simple-history's way)
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
        """Return the record on whose public page ``obj`` stands, as ``shown_on`` says."""
        return next(filter(None, (getattr(obj, name) for name in self.shown_on)), obj)

    # ---- typography ----

    @override
    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm,
        formsets: Sequence[Any],
        change: bool,
    ) -> None:
        """Save all; then say, without refusing, where a text breaks the rules of typography."""
        super().save_related(request, form, formsets, change)
        rows = [f.instance for formset in formsets for f in formset.forms if f.has_changed()]
        for problem in [p for record in (form.instance, *rows) for p in writing_problems(record)]:
            self.message_user(request, problem, messages.WARNING)

    # ---- where it is used ----

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the record's pages, with the list of what uses it."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_uses"
        page = self.admin_site.admin_view(self.uses_view)
        return [path("<path:object_id>/uses/", page, name=name), *super().get_urls()]

    def uses_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what uses a record; 404 for one that is not there."""
        record = self.get_object(request, object_id) if is_number(object_id) else None
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": gettext("Where is this used?"),
            "subtitle": str(record),
            "opts": self.opts,
            "object": record,
            "uses": uses(record),
        }
        return TemplateResponse(request, "admin/uses.html", context)

    def get_deleted_objects(
        self, objs: QuerySet | Sequence[Model], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Return what a deletion would take along, and the public records that forbid it."""
        gone, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return gone, counts, lacking, kept_for_readers(objs) or protected

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
