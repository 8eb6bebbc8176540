"""Remarks under a text: its signs and words, a draft, and a source that has changed since."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from esimguide.admin.conflicts import held_form
from esimguide.editorial.diff import diff_html
from esimguide.editorial.text_checks import problems
from esimguide.i18n import COLUMNS, SIMPLIFIED, TRADITIONAL, language_of
from esimguide.models import Term
from esimguide.models.bilingual import Bilingual, text_digest

RIGHT = "still_right"


def note_texts(request: HttpRequest, context: dict[str, Any]) -> None:
    """Put the remarks into the help of every text box of the page, rows included."""
    terms = list(Term.objects.all())
    hold = held_form(request)
    for form in _forms(context):
        for column in form.fields:
            language = language_of(column)
            if language is None or isinstance(form.instance, Term):
                continue
            found = problems(str(form[column].value() or ""), language, terms)
            notes = [_note("error" if p.is_error else "warning", p.words) for p in found]
            if hold and form.add_prefix(column) in hold.drafted:
                notes.append(_note("draft", _("Draft: read it before saving.")))
            if language == SIMPLIFIED:
                notes += _late(form, column.removesuffix(f"_{COLUMNS[SIMPLIFIED]}"))
            _append(form[column], notes)


def confirm_texts(form: Any, record: Any) -> None:  # noqa: ANN401 (any form of a bilingual record)
    """Let the texts that were ticked as still right agree from now on."""
    for name in form.data.getlist(form.add_prefix(RIGHT)):
        record.confirm(name)


def _forms(context: dict[str, Any]) -> Iterator[Any]:
    yield context["adminform"].form
    for inline in context.get("inline_admin_formsets", ()):
        yield from inline.formset.forms


def _append(box: forms.BoundField, notes: list[SafeString]) -> None:
    if notes:
        joined = format_html_join("", "{}", ((note,) for note in notes))
        box.help_text = box.field.help_text = format_html("{}{}", box.help_text, joined)


def _note(kind: str, words: object) -> SafeString:
    return format_html('<span class="note note--{}">{}</span>', kind, words)


# ---- the source has changed --------------------------------------------------------------------


def _late(form: forms.ModelForm, name: str) -> list[SafeString]:
    record: Bilingual = form.instance
    if name not in record.stale_texts.split():
        return []
    said = _note("stale", _("The Traditional text has changed since this one was written."))
    tick = format_html(
        '<label class="note"><input type="checkbox" name="{}" value="{}"> {}</label>',
        form.add_prefix(RIGHT),
        name,
        _("Still right as it is"),
    )
    before = source_then(record, name)
    change = diff_html(before, form[f"{name}_{COLUMNS[TRADITIONAL]}"].value() or "")
    return [said, *([_note("change", change)] if before else []), tick]


def source_then(record: Any, name: str) -> str:  # noqa: ANN401 (a record with a history)
    """Return the Traditional text that the Simplified ``name`` was written for; "" if unknown."""
    source = f"{name}_{COLUMNS[TRADITIONAL]}"
    past = record.history.order_by("-history_id").values_list(source, flat=True)
    digests = record.synced.get(name, [""])
    return next((text for text in past if text_digest(text) == digests[0]), "")
