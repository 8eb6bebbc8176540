"""The whole site over the shipped content: every page, every link, both languages."""

import re
from itertools import groupby, pairwise

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from esimguide.models import (
    Carrier,
    Channel,
    Device,
    Fact,
    Misconception,
    Procedure,
    Question,
    Situation,
    State,
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


def test_no_excluded_address_is_shown() -> None:
    hosts = (
        *("10086.hk", "cybersecuritycampaign.com.hk", "forum-handphone.org", "www.sosim.hk"),
        *("aliyunyh.com", "9m8m.com", "yunzhuji.net", "aliyunyouhui.com", "crntt.com"),
    )
    for source in {
        r.source for m in (Fact, Channel, Procedure, Device) for r in m.objects.all() if r.source
    }:
        assert not [h for h in hosts if h in source.url], source.url
    for channel in Channel.objects.all():
        assert not [h for h in hosts if h in channel.value], channel


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
