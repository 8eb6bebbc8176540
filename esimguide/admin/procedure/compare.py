"""What differs between two whole versions of a procedure, in the words of the form."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from esimguide.admin.bilingual import label
from esimguide.editorial.diff import diff_html
from esimguide.editorial.revisions import Part, Snapshot
from esimguide.i18n import HTML_TAGS, language_of
from esimguide.models import Procedure, Requirement, Step

SILENT = {"synced", "stale_texts"}  # book-keeping of the texts, which are shown themselves


class RevisionDifference(NamedTuple):
    """One field that differs: where, in which language if it has one, and how."""

    place: str
    label: str
    lang: str
    change: SafeString


def differences(old: Snapshot, new: Snapshot) -> list[RevisionDifference]:
    """Return every field in which ``new`` is not what ``old`` is, rows in their order."""
    found = list(_of_part(Procedure, "", old.whole, new.whole))
    for model, befores, afters in (
        (Step, old.steps, new.steps),
        (Requirement, old.requirements, new.requirements),
    ):
        for number, (before, after) in enumerate(_paired(befores, afters), start=1):
            place = f"{capfirst(str(model._meta.verbose_name))} {number}"
            found += _of_part(model, place, before, after)
    return found


def _paired(befores: list[Part], afters: list[Part]) -> list[tuple[Part | None, Part | None]]:
    """Pair the rows by key; rows of a working copy have keys of their own and go by place."""
    if {part.key for part in befores} & {part.key for part in afters}:
        old = {part.key: part for part in befores}
        pairs: list[tuple[Part | None, Part | None]] = [(old.pop(p.key, None), p) for p in afters]
        return pairs + [(part, None) for part in old.values()]
    return list(zip_longest(befores, afters))


def _of_part(
    model: type[Model], place: str, before: Part | None, after: Part | None
) -> Iterator[RevisionDifference]:
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.name in SILENT:
            continue
        old, new = (_words(field, part) for part in (before, after))
        if old != new:
            language = language_of(field.name)
            tag = HTML_TAGS[language] if language else ""
            name = capfirst(str(label(model, field.name)))
            yield RevisionDifference(place, name, tag, diff_html(old, new))


def _words(field: Any, part: Part | None) -> str:  # noqa: ANN401 (a model's field)
    """Return what a field holds, in words; "" where the part has none."""
    if part is None:
        return ""
    if field.name in part.links:
        named = field.related_model.objects.filter(pk__in=part.links[field.name])
        return "、".join(map(str, named))
    value = part.columns.get(field.attname)
    if value is not None and field.is_relation:
        return str(field.related_model.objects.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return "✓" if value else ""
    return str(dict(field.flatchoices or ()).get(value, "" if value is None else value))
