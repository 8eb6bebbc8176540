"""Tables of records out and in again, as CSV: cells, files, and rows judged by a form.

A row has one text a column, empty where there is nothing. Rows are found
again by their natural key, so that a file fits any database that holds the same guide.
"""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BooleanField, Field, ForeignKey, Model, QuerySet
from django.forms import modelform_factory
from django.utils.translation import gettext as _

from esimguide.admin.yes_no import YesNoField, read_yes_no
from esimguide.editorial.revisions import set_change_reason
from esimguide.models import Carrier, Device, Fact, Service, Source, Term

MAX_ROWS = 2_000
MAX_ERRORS = 50  # named at once
# What a spreadsheet takes for a formula when a cell begins with it; the wide ones too.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
# Numbers and people of one database, and what each save works out anew.
LEFT_OUT = {"id", "checked_by", "replaces", "synced", "stale_texts"}
KEYS: dict[type[Model], str] = {
    Source: "url",
    Carrier: "slug",
    Service: "slug",
    Device: "slug",
    Fact: "slug",
    Term: "slug",
}

type Row = dict[str, str]


class TableError(Exception):
    """The file cannot be taken; ``problems`` say why, each with its row where it has one."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


# ---- cells -------------------------------------------------------------------------------------


def safe_cell(text: str) -> str:
    """Return ``text`` so that a spreadsheet shows it instead of reckoning with it."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def plain_cell(text: str) -> str:
    """Return what ``safe_cell`` was given."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def columns(model: type[Model]) -> list[Field]:
    """Return the columns of the table: every field that means the same everywhere."""
    return [column for column in model._meta.concrete_fields if column.name not in LEFT_OUT]


def cell(record: Any, column: Field) -> str:  # noqa: ANN401 (any record of the guide)
    """Return one field of a record as text; a link as the natural key it leads to."""
    value = getattr(record, column.name)
    if isinstance(value, Model):
        return "/".join(value.natural_key())  # type: ignore[attr-defined]
    return "" if value is None else str(value)


def row_of(record: Model) -> Row:
    return {column.name: cell(record, column) for column in columns(type(record))}


# ---- out ---------------------------------------------------------------------------------------


def rows_of(records: QuerySet) -> list[Row]:
    """Return all records as rows, by their key; host networks before the brands that name them."""
    model = records.model
    order = ["host_id", "slug"] if model is Carrier else [KEYS[model]]
    found = _with_links(records).order_by(*order)
    return sorted(map(row_of, found), key=lambda row: bool(row.get("host")))


def as_csv(model: type[Model], rows: list[Row]) -> str:
    """Return the table for a spreadsheet, which knows by the mark in front that it is UTF-8."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.DictWriter(file, [column.name for column in columns(model)])
    writer.writeheader()
    writer.writerows({name: safe_cell(text) for name, text in row.items()} for row in rows)
    return file.getvalue()


# ---- in: the file ------------------------------------------------------------------------------


def read(model: type[Model], content: bytes) -> list[Row]:
    """Return the rows of a file; raise TableError for one that does not hold this table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(_("The file is not UTF-8 text.")) from None
    rows = list(_rows(model, text))
    if not rows:
        raise TableError(_("The file holds no row."))
    if len(rows) > MAX_ROWS:
        raise TableError(_("The file holds more than %(count)d rows.") % {"count": MAX_ROWS})
    if problems := [*_twice(model, rows), *_controls(rows)]:
        raise TableError(*problems[:MAX_ERRORS])
    return rows


def _rows(model: type[Model], text: str) -> Iterator[Row]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise TableError(_("This is no CSV file: %(error)s") % {"error": error}) from None
    header = lines[0] if lines else []
    _check_columns(model, header)
    for number, line in enumerate(lines[1:], start=1):
        if len(line) != len(header):
            raise TableError(in_row(number, _("a cell is missing, or there is one too many.")))
        yield dict(zip(header, map(plain_cell, line), strict=True))


def _check_columns(model: type[Model], given: list[str]) -> None:
    """Raise TableError unless exactly the table's columns are there, in any order."""
    wanted = [column.name for column in columns(model)]
    problems = {
        _("unknown columns: %(names)s"): [name for name in given if name not in wanted],
        _("missing columns: %(names)s"): [name for name in wanted if name not in given],
        _("columns that stand twice: %(names)s"): [n for n, k in Counter(given).items() if k > 1],
    }
    found = [words % {"names": _few(names)} for words, names in problems.items() if names]
    if found:
        raise TableError(*found)


def _few(names: list[str]) -> str:
    return "、".join(name[:40] for name in names[:8])


def _twice(model: type[Model], rows: list[Row]) -> Iterator[str]:
    key, seen = KEYS[model], dict[str, int]()
    for number, row in enumerate(rows, start=1):
        if row[key] in seen:
            words = _("“%(key)s” stands in row %(other)d already.")
            yield in_row(number, words % {"key": row[key][:40], "other": seen[row[key]]})
        seen.setdefault(row[key], number)


def _controls(rows: list[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        for name, text in row.items():
            if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t" for c in text):
                words = _("%(name)s holds a control character.")
                yield in_row(number, words % {"name": name})


def in_row(number: int, words: object) -> str:
    """Return a problem with the row it stands in; rows are counted from 1, without the header."""
    return _("Row %(number)d: %(words)s") % {"number": number, "words": words}


# ---- in: the rows ------------------------------------------------------------------------------


class NaturalField(forms.ModelChoiceField):
    """A link given by its natural key, its parts separated by a slash."""

    @override
    def to_python(self, value: Any) -> Model | None:
        """Return the record; ValidationError for a key that nobody has."""
        if value in self.empty_values:
            return None
        model: Any = self.queryset.model if self.queryset is not None else None
        parts = [value] if model is Source else value.split("/")
        try:
            return model.objects.get_by_natural_key(*parts)  # type: ignore[no-any-return]
        except (model.DoesNotExist, TypeError):
            message = _("There is no %(kind)s “%(key)s”.")
            kind = model._meta.verbose_name
            raise ValidationError(message % {"kind": kind, "key": value[:80]}) from None


def form_field(column: Field) -> forms.Field | None:
    """Return the field that judges a cell: the admin's own, but links by their natural key."""
    if isinstance(column, ForeignKey):
        records = column.related_model._default_manager.all()
        return NaturalField(queryset=records, required=not column.blank, label=column.verbose_name)
    if isinstance(column, BooleanField):
        return YesNoField(label=column.verbose_name)
    return column.formfield()


@dataclass
class Outcome:
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    same: int = 0
    problems: list[str] = field(default_factory=list)
    is_kept: bool = False
    is_tried: bool = False


@dataclass
class Load:
    """One import on its way: each row is judged by ``judge`` and counted in ``outcome``."""

    judge: type[forms.ModelForm]
    checker: int
    outcome: Outcome = field(default_factory=Outcome)

    def take(self, number: int, row: Row, record: Model | None) -> None:
        """Write one row over ``record``, or as a new one; note what is wrong with it."""
        if record and row_of(record) == row:
            self.outcome.same += 1
            return
        form = self.judge(row, instance=record)
        problems = list(_errors(form)) or self._save(form)
        self.outcome.problems += [in_row(number, words) for words in problems]
        if record:
            self.outcome.changed += 1
        else:
            self.outcome.added += 1

    def _save(self, form: forms.ModelForm) -> list[str]:
        if "checked_on" in form.changed_data:
            form.instance.checked_by_id = self.checker if form.instance.checked_on else None
        set_change_reason(form.instance, _("Imported from a file."))
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:
            return [_("it does not fit the other records.")]
        return []


def load(model: type[Model], rows: list[Row], checker: int, *, keep: bool) -> Outcome:
    """Write all rows, or none if one has a problem or ``keep`` is False.

    ``checker`` is the account to which a day of checking that changes is put down.
    """
    names = [column.name for column in columns(model)]
    judge = modelform_factory(model, fields=names, formfield_callback=form_field)
    loading = Load(judge, checker)
    outcome = loading.outcome
    with transaction.atomic():
        known = _known(model, rows)
        for number, row in enumerate(rows, start=1):
            loading.take(number, _tidy(model, row), known.get(row[KEYS[model]]))
            if len(outcome.problems) >= MAX_ERRORS:
                break
        outcome.is_kept = keep and not outcome.problems
        outcome.is_tried = not keep and not outcome.problems
        if not outcome.is_kept:
            transaction.set_rollback(True)
    return outcome


def _tidy(model: type[Model], row: Row) -> Row:
    """Return the row as the export would write it, so that what is the same counts as the same."""
    tidy = {name: text.replace("\r\n", "\n") for name, text in row.items()}
    for column in columns(model):
        if (
            isinstance(column, BooleanField)
            and (said := read_yes_no(tidy[column.name])) is not None
        ):
            tidy[column.name] = str(said)
    return tidy


def _known(model: Any, rows: list[Row]) -> dict[str, Model]:  # noqa: ANN401 (any model)
    found = _with_links(model.objects.all())
    keys = {row[KEYS[model]] for row in rows}
    return {getattr(r, KEYS[model]): r for r in found if getattr(r, KEYS[model]) in keys}


def _with_links(records: QuerySet) -> QuerySet:
    """Fetch what the natural keys of the records' links are made from, in the same query."""
    links = [c.name for c in columns(records.model) if isinstance(c, ForeignKey)]
    links += ["procedure__carrier"] if records.model is Fact else []
    return records.select_related(*links) if links else records


def _errors(form: forms.ModelForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        for words in errors:
            yield f"{name}: {words}" if name in form.fields else str(words)
