"""What is wrong with a text before readers see it: words of the other side, signs, gaps."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from opencc import OpenCC

from esimguide.i18n import COLUMNS, LANGUAGES, SIMPLIFIED, TRADITIONAL, language_of
from esimguide.models import Procedure, Status, Term
from esimguide.models.bilingual import Bilingual, translated_names
from esimguide.text.typography import NAMES, typography_problems, words_used

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QUOTES = str.maketrans("「」『』", "“”‘’")


class Problem(NamedTuple):
    """One thing wrong with a text; ``is_error`` keeps it from being published."""

    words: str
    is_error: bool


@cache
def _converter() -> OpenCC:
    return OpenCC("hk2s")


def draft_simplified(text: str) -> str:
    """Return a first draft in Simplified letters and quotation marks; the words are still Hong
    Kong's, so a person has to read it.
    """
    drafted: str = _converter().convert(text)
    return drafted.translate(QUOTES)


def problems(text: str, language: str, terms: Iterable[Term]) -> list[Problem]:
    """Return what is wrong with ``text``: signs, then words that ``terms`` forbid on its side, each
    with the one to use. Nothing is corrected.
    """
    found = [Problem(words, is_error=True) for words in typography_problems(text, language)]
    side = COLUMNS[language]
    for term in terms:
        forbidden = [w for w in getattr(term, f"forbidden_{side}").split("、") if w]
        preferred = getattr(term, f"word_{side}")
        is_error = term.grade == Term.Grade.MISLEADS
        for word in words_used(text, forbidden, names=(preferred, *NAMES)):
            sentence = _("“%(word)s” is a word of the other side; use “%(preferred)s”.")
            found.append(Problem(sentence % {"word": word, "preferred": preferred}, is_error))
    return found


def errors_in(record: Bilingual, names: Iterable[str], terms: list[Term]) -> dict[str, list[str]]:
    found = {}
    for name in names:
        for language, side in COLUMNS.items():
            column = f"{name}_{side}"
            wrong = problems(getattr(record, column), language, terms)
            if words := [problem.words for problem in wrong if problem.is_error]:
                found[column] = words
    return found


# ---- what stands between a procedure and its readers -------------------------------------------


def still_needed(procedure: Procedure) -> "list[StrOrPromise]":
    """Return, as sentences, what must be done before ``procedure`` can be published."""
    steps = list(procedure.steps.all())
    parts: list[Bilingual] = [procedure, *steps, *procedure.requirements.all()]
    needed = [*_gaps(procedure, is_without_steps=not steps)]
    terms = list(Term.objects.all())
    for part in parts:
        errors = errors_in(part, translated_names(type(part)), terms)
        needed += [f"{part}：{words}" for wrong in errors.values() for words in wrong]
    return needed


def _gaps(procedure: Procedure, *, is_without_steps: bool) -> "Iterable[StrOrPromise]":
    if is_without_steps:
        yield _("a step")
    if not procedure.situations.exists():
        yield _("a situation")
    for column in required_columns(procedure):
        field = procedure._meta.get_field(column)
        language = dict(LANGUAGES)[language_of(column) or TRADITIONAL]
        yield f"{getattr(field, 'verbose_name', column)}（{language}）"


def required_columns(procedure: Procedure) -> list[str]:
    """Return the empty columns that must be filled before readers see the procedure."""
    summaries = [f"summary_{side}" for side in COLUMNS.values()]
    empty = [*procedure.empty_columns(), *(c for c in summaries if not getattr(procedure, c))]
    return list(dict.fromkeys(empty))


# ---- the state of one page in one language -----------------------------------------------------


class Condition(NamedTuple):
    """How a record stands in one language: a code for the style, and its word."""

    code: str
    words: str


def condition(record: Bilingual, language: str, rows: Iterable[Bilingual] = ()) -> Condition:
    """Return how ``record`` with its ``rows`` stands in ``language``: the worst that applies."""
    whole = [record, *rows]
    end = f"_{COLUMNS[language]}"
    if any(column.endswith(end) for part in whole for column in part.empty_columns()):
        return Condition("missing", _("missing"))
    if language == SIMPLIFIED and any(part.stale_texts for part in whole):
        return Condition("stale", _("older than its source"))
    if getattr(record, "status", Status.PUBLISHED) in {Status.DRAFT, Status.REVIEW}:
        return Condition("draft", _("draft"))
    return Condition("complete", _("complete"))
