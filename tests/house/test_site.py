"""The whole site over the shipped content: every page, every link, both languages."""

import re
from itertools import groupby, pairwise

import pytest
from bs4 import BeautifulSoup
from django.db.models import Q
from django.test import Client

from esimguide.coverage import sheets
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


def crawl() -> dict[str, tuple[int, BeautifulSoup, str]]:
    """Follow every internal link from both first pages; return each address with its answer."""
    client, seen, todo = Client(), {}, list(START)
    while todo:
        address = todo.pop()
        response = client.get(address)
        page = BeautifulSoup(response.content, "html.parser")
        seen[address] = (response.status_code, page, str(response.cookies))
        for link in page.select("a[href]"):
            target = str(link["href"])
            if target.startswith("?"):
                target = address.partition("?")[0] + target
            target = target.partition("#")[0]
            if target.endswith(".atom"):  # no page: tests/views/test_feed.py
                continue
            # test_answers.py renders every answer.
            is_answer = "/answer/?" in target
            if (
                target.startswith("/")
                and not is_answer
                and target not in seen
                and target not in todo
            ):
                todo.append(target)
    return seen


def test_every_page_holds_together() -> None:
    pages = crawl()
    wrong = [a for a, (status, _, cookies) in pages.items() if status != 200 or cookies]
    assert wrong == []
    for address, (_, page, _) in pages.items():
        ids = [str(e["id"]) for e in page.select("[id]")]
        assert len(ids) == len(set(ids)), address
        fragments = [str(a["href"])[1:] for a in page.select('a[href^="#"]')]
        assert set(fragments) <= set(ids), address
        assert len(page.select("h1")) == 1, address
        levels = [int(h.name[1]) for h in page.select("h1,h2,h3,h4")]
        assert all(b - a <= 1 for a, b in pairwise(levels)), address
        foreign = page.select(
            '[src^="http"],link[rel~=stylesheet][href^="http"],iframe,form[action^="http"]'
        )
        assert foreign == [], address
        terms = [str(a["href"]) for a in page.select("a.term")]
        assert len(terms) == len(set(terms)), address
        assert page.select(":is(h1, h2, h3, h4, a, label, code) .term") == [], address
    # A link to a place on another page finds it.
    places = {a: {str(e["id"]) for e in page.select("[id]")} for a, (_, page, _) in pages.items()}
    for address, (_, page, _) in pages.items():
        for link in page.select('a[href^="/"][href*="#"]'):
            target, _, place = str(link["href"]).partition("#")
            assert target not in places or place in places[target], (address, link["href"])
    # Both languages hold the same pages.
    sides = [{a.removeprefix(s) for a in pages if a.startswith(s)} for s in START]
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


def test_every_statement_has_its_evidence() -> None:
    for model in (Fact, Channel, Procedure, Misconception, Device):
        for record in model.objects.select_related("source"):
            assert record.checked_on is not None or record.state == State.UNKNOWN, record
            assert (record.source is None) == (record.state == State.UNKNOWN) or record.source
            record.full_clean()


def test_no_cell_of_the_coverage_is_missing() -> None:
    found = sheets(
        Carrier.objects.published(),
        Situation.objects.all(),
        Procedure.objects.published().prefetch_related("situations"),
        Fact.objects.all(),
    )
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
    assert not Term.objects.filter(Q(gloss_zh_hant="") | Q(gloss_zh_hans="")).exists()


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
