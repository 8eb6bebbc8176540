"""Form fields that say their language, and widgets that need no script of ours."""

from collections.abc import Mapping, Sequence
from typing import Any, override

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteMixin,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db.models import DateField, ManyToManyField, TextField
from django.db.models import Field as Column
from django.forms import (
    CheckboxSelectMultiple,
    DateInput,
    Field,
    ModelMultipleChoiceField,
    Select,
    SelectMultiple,
)
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst

from esimguide.admin.bilingual import label
from esimguide.admin.history import is_number
from esimguide.i18n import HTML_TAGS, language_of

PROSE_ROWS = 3


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


class PickMixin(AutocompleteMixin):
    """A box that searches while one types; an odd key that was sent shows as nothing chosen."""

    @override
    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None
    ) -> Any:
        return super().optgroups(name, [key for key in value if is_number(str(key))], attrs)


class PickOne(PickMixin, Select):
    """Such a box for one record."""


class PickMany(PickMixin, SelectMultiple):
    """Such a box for several records."""


class GuideOptions(BaseModelAdmin):
    """The choice of field and widget, for pages and their rows alike."""

    def formfield_for_dbfield(
        self, db_field: Column, request: HttpRequest, **kwargs: object
    ) -> Field | None:
        if isinstance(db_field, DateField):  # the browser's own calendar
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
