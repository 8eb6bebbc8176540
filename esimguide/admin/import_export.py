"""The pages by which tables leave the admin and come back: an export of the list, an import."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from esimguide.admin.spreadsheet import (
    KEYS,
    Outcome,
    TableError,
    as_csv,
    columns,
    load,
    read,
    rows_of,
)

MAX_BYTES = 2_000_000  # of a file; the shipped facts take a third of that


class ImportForm(forms.Form):
    """The file of a table."""

    file = forms.FileField(
        label=gettext_lazy("File (.csv)"),
        max_length=200,
        validators=[
            FileExtensionValidator(["csv"], gettext_lazy("Only files ending in .csv are read."))
        ],
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            size = {"size": MAX_BYTES // 10**6}
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % size)
        return file


class ExchangeAdmin(ModelAdmin):
    """A list that can be exported as it is filtered, and imported by who may also delete."""

    def get_urls(self) -> list[URLPattern]:
        if self.model not in KEYS:
            return super().get_urls()
        name, wrap = f"esimguide_{self.opts.model_name}", self.admin_site.admin_view
        ours = [
            path("export/", wrap(self.export_view), name=f"{name}_export"),
            path("import/", wrap(self.import_view), name=f"{name}_import"),
        ]
        return [*ours, *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        verbs = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        return self.model in KEYS and all(may(request) for may in verbs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        ways = {"tables": self.model in KEYS, "may_import": self.has_import_permission(request)}
        return super().changelist_view(request, ways | (extra_context or {}))

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            records = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:  # a filter that the list does not have
            return redirect(f"{reverse(f'admin:esimguide_{self.opts.model_name}_changelist')}?e=1")
        # Filters may join; the table wants every record once.
        every = self.model._default_manager.filter(pk__in=records.values("pk"))
        content = as_csv(self.model, rows_of(every))
        headers = {"Content-Disposition": f'attachment; filename="{self.opts.model_name}.csv"'}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file; POST judges all its rows and writes them, or says what is wrong."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = ImportForm(*sent)
        outcome = self._take(request, form) if form.is_valid() else Outcome()
        if outcome.is_kept:
            words = _("Imported: %(added)d added, %(changed)d changed, %(same)d as they were.")
            messages.success(request, words % vars(outcome))
            return redirect(f"admin:esimguide_{self.opts.model_name}_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Import"),
            "subtitle": str(self.opts.verbose_name_plural),
            "opts": self.opts,
            "form": form,
            "outcome": outcome,
            "columns": [column.name for column in columns(self.model)],
        }
        return TemplateResponse(request, "admin/table/import.html", context)

    def _take(self, request: HttpRequest, form: ImportForm) -> Outcome:
        file = form.cleaned_data["file"]
        try:
            rows = read(self.model, file.read())
        except TableError as refused:
            return Outcome(problems=list(refused.problems))
        checker: Any = request.user.pk
        return load(self.model, rows, checker, keep="try" not in request.POST)
