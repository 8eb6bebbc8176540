"""The whole site over the shipped content: every page, every link, both languages."""

import re
from dataclasses import dataclass
from itertools import groupby, pairwise

import pytest
from django.db.models import Model, Q
from django.test import Client
from lxml import html
from lxml.cssselect import CSSSelector

from esimguide.guide.coverage import coverage_by_carrier
from esimguide.models import (
    Carrier,
    Change,
    Channel,
    Device,
    Fact,
    Misconception,
    Procedure,
    Question,
    Situation,
    State,
    Term,
    Topic,
)
from esimguide.models.topic import ABOUT_DEVICES

START = ("/zh-hant/", "/zh-hans/")


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@dataclass
class Seen:
    """What one page has that other pages are judged by; the page itself is let go."""

    places: set[str]
    leads_to_places: list[str]  # of other pages
    faults: list[str]


IDS, LINKS, H1 = CSSSelector("[id]"), CSSSelector("a[href]"), CSSSelector("h1")
HEADINGS = CSSSelector("h1, h2, h3, h4")
FOREIGN = CSSSelector("[src^=http], link[rel~=stylesheet][href^=http], iframe, form[action^=http]")
TERMS = CSSSelector("a.term")
TERMS_ASTRAY = CSSSelector(":is(h1, h2, h3, h4, label, code) .term")
# A parser of HTML takes a link within a link apart, so that one is sought in the text.
LINK_IN_LINK = re.compile(rb"<a[\s>](?:(?!</a>).)*?<a[\s>]", re.DOTALL)


def judge(content: bytes) -> tuple[Seen, list[str]]:
    """Return what is to be kept of a page, what is wrong with it, and where its links lead."""
    page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    ids = [e.get("id") for e in IDS(page)]
    links = [a.get("href") for a in LINKS(page)]
    levels = [int(h.tag[1]) for h in HEADINGS(page)]
    terms = [a.get("href") for a in TERMS(page)]
    rules = {
        "an id twice": len(ids) == len(set(ids)),
        "a link to no place": {a[1:] for a in links if a.startswith("#")} <= set(ids),
        "not one h1": len(H1(page)) == 1,
        "a heading skips a level": all(b - a <= 1 for a, b in pairwise(levels)),
        "something from elsewhere": FOREIGN(page) == [],
        "a term twice": len(terms) == len(set(terms)),
        "a term in a heading, label or code": TERMS_ASTRAY(page) == [],
        "a link within a link": not LINK_IN_LINK.search(content),
    }
    faults = [fault for fault, holds in rules.items() if not holds]
    return Seen(set(ids), [a for a in links if a.startswith("/") and "#" in a], faults), links


def is_followed(target: str) -> bool:
    """Tell whether the walk goes there: not to feeds, nor to answers, which test_answers.py has.

    The two thousand forms of one template for reports are asked for in one language, each record's.
    """
    is_page = target.startswith("/") and not target.endswith(".atom")
    return is_page and "/answer/?" not in target and not target.startswith("/zh-hans/report/")


def crawl() -> tuple[dict[str, Seen], set[str]]:
    """Follow the internal links from both first pages; return what each page had, and all links."""
    client, seen, todo, linked = Client(), dict[str, Seen](), set(START), set[str]()
    while todo:
        address = todo.pop()
        response = client.get(address)
        seen[address], links = judge(response.content)
        if response.status_code != 200 or response.cookies:
            seen[address].faults.append(f"{response.status_code} {response.cookies}")
        base = address.partition("?")[0]
        targets = {base + link if link.startswith("?") else link for link in links}
        targets = {target.partition("#")[0] for target in targets}
        todo |= {target for target in targets - seen.keys() if is_followed(target)}
        linked |= targets
    return seen, linked


def test_every_page_holds_together() -> None:
    pages, linked = crawl()
    assert {address: seen.faults for address, seen in pages.items() if seen.faults} == {}
    # A link to a place on another page finds it.
    for address, seen in pages.items():
        for link in seen.leads_to_places:
            target, _, place = link.partition("#")
            assert target not in pages or place in pages[target].places, (address, link)
    # Both languages hold the same pages, answers and forms for reports.
    sides = [{a.removeprefix(s) for a in pages.keys() | linked if a.startswith(s)} for s in START]
    assert sides[0] == sides[1]
    # Nothing published is out of a reader's reach.
    reachable = {a.removeprefix("/zh-hant") for a in pages}
    records = [
        *Carrier.objects.published(),
        *Procedure.objects.published(),
        *Topic.objects.published(),
        *Device.objects.published(),
    ]
    expected = {re.sub("^/zh-han[st]", "", r.get_absolute_url()) for r in records}
    assert expected <= reachable


def test_every_carrier_answers_every_situation() -> None:
    situations = set(Situation.objects.all())
    for carrier in Carrier.objects.published():
        answered = {s for p in carrier.procedures.published() for s in p.situations.all()}
        assert situations - answered == set(), carrier.slug


def test_every_procedure_has_steps() -> None:
    for procedure in Procedure.objects.published().prefetch_related("steps"):
        assert len(procedure.steps.all()) >= 2, procedure


def to_one(model: type[Model]) -> list[str]:
    """Return the fields that lead to one other record: checking a record reads each of them."""
    return [f.name for f in model._meta.fields if f.is_relation]


def test_every_statement_has_its_evidence() -> None:
    for model in (Fact, Channel, Procedure, Misconception, Device):
        for record in model.objects.select_related(*to_one(model)):
            assert record.checked_on is not None or record.state == State.UNKNOWN, record
            assert (record.source is None) == (record.state == State.UNKNOWN) or record.source
            record.full_clean()


def test_no_cell_of_the_coverage_is_missing() -> None:
    found = coverage_by_carrier()
    assert {sheet.carrier.slug: sheet.missing for sheet in found if sheet.missing} == {}


def test_every_carrier_and_topic_has_its_change_note() -> None:
    notes = Change.objects.published()
    for model in (Carrier, Topic):
        without = model.objects.published().exclude(changes__in=notes)
        assert [record.slug for record in without] == []


def test_content_is_as_wide_as_promised() -> None:
    counts = {
        Misconception: 11,
        Question: 30,
        Term: 92,
        Fact: 120,
    }
    for model, least in counts.items():
        assert model.objects.count() >= least, model
    explained = Term.objects.exclude(Q(gloss_zh_hant="") | Q(gloss_zh_hans=""))
    assert explained.count() >= 80  # a word that every adult knows needs no explanation


def test_the_named_carriers_and_the_whole_subject_are_there() -> None:
    carriers = set(Carrier.objects.published().values_list("slug", flat=True))
    assert {
        *("cmhk", "cuniq", "ctexcel", "3hk", "sosim", "csl", "1o1o", "club-sim", "smartone"),
        "valuegb",
    } <= carriers
    topics = set(Topic.objects.published().values_list("slug", flat=True))
    assert {"what-is-esim", "before-you-start", "staying-safe", "afterwards"} <= topics
    general = set(Procedure.objects.published().general().values_list("slug", flat=True))
    assert {"replace-online", "replace-at-shop"} <= general
    assert Misconception.objects.published().count() >= 11
    assert Question.objects.published().exists()


def test_devices_are_many_and_each_says_on_what_it_rests() -> None:
    devices = list(Device.objects.published())
    assert len(devices) >= 70
    assert [d for d in devices if d.state == State.UNKNOWN and not d.note] == []
    assert [d for d in devices if d.state != State.UNKNOWN and d.source is None] == []
    kinds = {(d.brand, d.kind) for d in devices}
    assert {b for b, kind in kinds if kind == Device.Kind.PHONE} == set(Device.Brand)
    assert {kind for _, kind in kinds} == set(Device.Kind)


def test_a_model_stands_in_one_place_of_the_list() -> None:
    # The list groups neighbours: a model split in two would be shown twice.
    names = [name for name, _ in groupby(Device.objects.published(), key=lambda d: d.name)]
    brands = [brand for brand, _ in groupby(Device.objects.published(), key=lambda d: d.brand)]
    assert len(names) == len(set(names))
    assert len(brands) == len(set(brands))


def test_the_pages_about_devices_lead_to_topics_that_are_there() -> None:
    assert {t.slug for t in Topic.objects.published().about_devices()} == set(ABOUT_DEVICES)
