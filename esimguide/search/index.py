"""How records become what search finds: which texts, under which address, seen by whom."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from esimguide.i18n import COLUMNS, TRADITIONAL, in_both
from esimguide.models.indexed import AFTER_SAVE
from esimguide.models.search_entry import Kind, SearchEntry, SearchTerm, entry_key
from esimguide.search.normalize import fold, runs, tokens
from esimguide.text.markdown import markdown_to_text

if TYPE_CHECKING:
    from esimguide.models import Carrier, Channel, Device, Document, Fact, Step

UNCONFIRMED = 100_000  # added to the weight of what only says whom to ask
LONGEST_WORD = 200

type Sides = tuple[str, str]  # Traditional, Simplified
type Make = Callable[[Any], "SearchEntry | None"]

# ---- one entry a record ------------------------------------------------------------------------


def sides(record: object, *names: str) -> Sides:
    """Return the texts ``names`` of a record, one below the other, as plain text on each side."""
    hant, hans = (
        "\n".join(filter(None, (markdown_to_text(getattr(record, f"{n}_{column}")) for n in names)))
        for column in COLUMNS.values()
    )
    return hant, hans


def same(*words: str) -> Sides:
    line = " ".join(filter(None, words))
    return line, line


def joined(*texts: Sides, by: str = "\n") -> Sides:
    hant, hans = (by.join(filter(None, column)) for column in zip(*texts, strict=True))
    return hant, hans


def _step(record: "Step") -> SearchEntry | None:
    text = sides(record, "body", "caution", "worked_if", "if_fails")
    owner = record.procedure
    return _entry(record, sides(record, "title"), text, owner.get_absolute_url(), owner)


def _channel(record: "Channel") -> SearchEntry | None:
    title = joined(sides(record, "label"), same(record.display_value), by=" ")
    text = joined(same(record.value), sides(record, "detail", "hours"))
    return _entry(record, title, text, f"{record.carrier.get_absolute_url()}#contact")


def _fact(record: "Fact") -> SearchEntry | None:
    page = record.get_absolute_url().partition("#")[0]
    text = sides(record, "value", "other_value", "ask")
    about = record.topic or record.service or record.procedure
    return _entry(record, sides(record, "label"), text, f"{page}#fact-{record.slug}", about)


def _device(record: "Device") -> SearchEntry | None:
    title = joined(in_both(record.get_brand_display), sides(record, "name"), by=" ")
    about = joined(in_both(record.get_region_display), in_both(record.get_esim_display), by="・")
    text = joined(about, same(record.model_number), sides(record, "note"))
    return _entry(record, title, text, record.get_absolute_url())


def _document(record: "Document") -> SearchEntry | None:
    text = joined(same(record.name_en), sides(record, "description", "if_missing"))
    page = f"{reverse('document_list')}#{record.slug}"
    return _entry(record, sides(record, "name"), text, page)


def _titled(title: str, *texts: str, english: str = "") -> Make:
    """Make entries of records that have an address and, in the column ``english``, other words."""

    def make(record: Any) -> SearchEntry | None:  # noqa: ANN401
        text = joined(same(getattr(record, english, "")), sides(record, *texts))
        return _entry(record, sides(record, title), text, record.get_absolute_url())

    return make


MAKE: dict[Kind, Make] = {
    Kind.CARRIER: _titled("name", "legal_name", "summary", english="name_en"),
    Kind.PROCEDURE: _titled("title", "summary", "before", "worked_if"),
    Kind.TOPIC: _titled("title", "summary", "body"),
    Kind.SERVICE: _titled("name", "summary", english="name_en"),
    Kind.DEVICE: _device,
    Kind.DOCUMENT: _document,
    Kind.STEP: _step,
    Kind.CHANNEL: _channel,
    Kind.FACT: _fact,
    Kind.MISCONCEPTION: _titled("claim", "correction"),
    Kind.QUESTION: _titled("question", "answer"),
    Kind.TERM: _titled("word", "gloss", english="english"),
}
# The records on which the texts and the address of a record depend, as lookups.
OWNERS: dict[Kind, tuple[str, ...]] = {
    Kind.PROCEDURE: ("carrier",),
    Kind.STEP: ("procedure", "procedure__carrier"),
    Kind.CHANNEL: ("carrier",),
    Kind.FACT: ("carrier", "procedure", "procedure__carrier", "topic", "service"),
}


def _entry(
    record: Any,  # noqa: ANN401
    title: Sides,
    text: Sides,
    page: str,
    about: Any = None,  # noqa: ANN401
) -> SearchEntry | None:
    """Return the entry, or None if the record or its page is not published."""
    kind = Kind[record._meta.model_name.upper()]
    owners = [_reach(record, lookup) for lookup in OWNERS.get(kind, ())]
    shown_with = [record, *filter(None, owners)]
    if not all(getattr(r, "is_published", True) for r in shown_with):
        return None
    carrier = next((r for r in shown_with[1:] if r._meta.model_name == "carrier"), None)
    above = _above(carrier, about)
    links = {r._meta.model_name: r for r in shown_with}
    return SearchEntry(
        id=entry_key(kind, record.pk),
        kind=kind,
        weight=len(text[0]) + UNCONFIRMED * (getattr(record, "state", "") == "unknown"),
        path=page.removeprefix(reverse("home")),
        title_zh_hant=title[0],
        title_zh_hans=title[1],
        about_zh_hant=above[0],
        about_zh_hans=above[1],
        text_zh_hant=text[0],
        text_zh_hans=text[1],
        title_tokens=tokens(*title),
        text_tokens=tokens(*text),
        **links,
    )


def _above(carrier: "Carrier | None", about: Any) -> Sides:  # noqa: ANN401
    """Return the names of what a record belongs to."""
    lines = [sides(carrier, "name")] if carrier else []
    lines += [sides(about, "name" if hasattr(about, "name") else "title")] if about else []
    return joined(*lines, by="・") if lines else ("", "")


def _reach(record: object, lookup: str) -> Any:  # noqa: ANN401
    for name in lookup.split("__"):
        record = getattr(record, name, None)
    return record


# ---- keeping in step ---------------------------------------------------------------------------


def refresh(record: models.Model) -> None:
    """Update the entries of a saved record and of all records whose entries depend on it."""
    name = record._meta.model_name or ""
    for kind in Kind:
        own = [Q(pk=record.pk)] if kind.name.lower() == name else []
        leaning = [x for x in OWNERS.get(kind, ()) if x.rpartition("__")[2] == name]
        if own or leaning:
            _replace(kind, Q(*own, *((x, record.pk) for x in leaning), _connector=Q.OR))
    if name in WORDS:
        _replace_words(name, Q(pk=record.pk))


AFTER_SAVE.append(refresh)


def rebuild() -> int:
    """Rebuild the whole index in one transaction; return the number of its entries."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        SearchTerm.objects.all().delete()
        for kind in Kind:
            _replace(kind, Q())
        for name in WORDS:
            _replace_words(name, Q())
        merge()
    return SearchEntry.objects.count()


def merge() -> None:
    """Merge the segments of SQLite's full-text index."""
    at = connections[SearchEntry.objects.db]
    if at.vendor == "sqlite":
        with at.cursor() as cursor:
            for table in ("esimguide_entry_found", "esimguide_entry_titled"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608


def _replace(kind: Kind, which: Q) -> None:
    """Replace the entries of some records, which are read from the database again."""
    found = _records(kind.name.lower()).filter(which).select_related(*OWNERS.get(kind) or [None])
    with override(TRADITIONAL):
        made = [(record.pk, MAKE[kind](record)) for record in found]
    SearchEntry.objects.filter(pk__in=[entry_key(kind, key) for key, _ in made]).delete()
    SearchEntry.objects.bulk_create([entry for _, entry in made if entry], batch_size=200)


def _records(name: str) -> models.QuerySet[Any]:
    model: Any = apps.get_model("esimguide", name)
    found: models.QuerySet[Any] = model.objects.order_by("pk")
    return found


# ---- words -------------------------------------------------------------------------------------

BOTH = tuple(COLUMNS.values())
# Where the words for something stand; 「、」 separates several in one column.
WORDS: dict[str, tuple[str, ...]] = {
    "carrier": ("slug", "name_en", *(f"{n}_{c}" for n in ("name", "legal_name") for c in BOTH)),
    "situation": ("title_en", *(f"title_{c}" for c in BOTH)),
    "term": ("english", "synonyms", *(f"{n}_{c}" for n in ("word", "forbidden") for c in BOTH)),
    "synonym": ("word", "means"),
}


def spaced(text: str) -> str:
    """Return a text folded, its runs with one space between: the form in which words are sought."""
    return " ".join(runs(fold(text)))


def _replace_words(name: str, which: Q) -> None:
    found = list(_records(name).filter(which))
    # Synonyms stay where they are: they have records of their own.
    synonyms = {} if name == "synonym" else {"synonym": None}
    SearchTerm.objects.filter(**{f"{name}__in": found}, **synonyms).delete()
    SearchTerm.objects.bulk_create(
        [word for r in found if getattr(r, "is_published", True) for word in _words(r, name)]
    )


def _words(record: Any, name: str) -> Iterable[SearchTerm]:  # noqa: ANN401
    listed = (w for column in WORDS[name] for w in getattr(record, column).split("、"))
    owner = record.target if name == "synonym" else record
    links = {r._meta.model_name: r for r in (record, owner)}
    for word in dict.fromkeys(map(spaced, listed)):
        if 1 < len(word) <= LONGEST_WORD:
            yield SearchTerm(
                folded=word,
                concept=f"{owner._meta.model_name} {owner.pk}",
                slug=getattr(owner, "slug", ""),
                name_zh_hant=_name(owner, "zh_hant"),
                name_zh_hans=_name(owner, "zh_hans"),
                **links,
            )


def _name(owner: models.Model, column: str) -> str:
    names = (getattr(owner, f"{name}_{column}", "") for name in ("name", "title", "word"))
    return next(filter(None, names), "") or getattr(owner, "means", "")
