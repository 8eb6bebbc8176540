"""What every editors' page shares: its form fields, its search, the way to the public page."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import DateField, ManyToManyField, Model, QuerySet, TextField
from django.db.models import Field as Column
from django.forms import CheckboxSelectMultiple, DateInput, Field, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext

from esimguide.admin.bilingual import label, language_of, writing_problems
from esimguide.admin.exchange import ExchangeAdmin
from esimguide.admin.history import VersionedAdmin, is_number
from esimguide.admin.usage import kept_for_readers, uses
from esimguide.i18n import HTML_TAGS

SEARCH_LENGTH = 100  # characters; each word is one more branch of the query
PROSE_ROWS = 3

type Attributes = dict[str, Any] | None

# ---- form fields -------------------------------------------------------------------------------


def ticks() -> CheckboxSelectMultiple:
    """Return the widget for a short list of which several may be chosen: boxes to tick."""
    return CheckboxSelectMultiple(attrs={"class": "ticks"})


class Prose(AdminTextareaWidget):
    """A box for Markdown. Browsers send its lines with CR LF; texts are kept with LF alone, so
    that saving an untouched text leaves it as it was.
    """

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict, name: str
    ) -> str | None:
        """Return what was typed."""
        typed: str | None = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if typed else typed


class PickOne(AutocompleteSelect):
    """A box that searches while one types; an odd key that was sent shows as nothing chosen."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Attributes = None) -> Any:  # noqa: ANN401 (Django's own shape)
        """Return the chosen record, if the key can be one."""
        return super().optgroups(name, [key for key in value if is_number(str(key))], attrs)


class PickMany(AutocompleteSelectMultiple):
    """The same for several records."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Attributes = None) -> Any:  # noqa: ANN401 (Django's own shape)
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

    shown_on: ClassVar[tuple[str, ...]] = ()
    save_on_top = True
    list_per_page = 50

    def get_list_display_links(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        list_display: Sequence[Any],
    ) -> tuple[Any, ...]:
        """Return the first two columns: a record's name in either language."""
        return tuple(list_display[:2])

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

    # ---- the house's typography ----

    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm,
        formsets: Sequence[Any],
        change: bool,  # noqa: FBT001 (Django's signature)
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
