"""views/report.py: a reader says that a statement is right, wrong or old."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from esimguide.models import Fact, Report, Status, contradicted, contradicted_steps
from tests.factories import (
    make_carrier,
    make_channel,
    make_fact,
    make_procedure,
    make_report,
    make_step,
)
from tests.html import links, soup, texts, words
from tests.reader_forms import token_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
FEE = "/zh-hant/report/fact/fee/"


@pytest.fixture
def fee() -> Fact:
    return make_fact(slug="fee", carrier=make_carrier(slug="cmhk"))


def test_form_shows_what_the_guide_says(client: Client, fee: Fact) -> None:
    response = client.get(FEE)
    page = soup(response)
    assert texts(page, ".said") == ["補領收費：HK$10"]
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "/zh-hant/carriers/cmhk/#fact-fee" in links(page, ".breadcrumbs a")


def test_one_tap_confirms(client: Client, fee: Fact) -> None:
    response = write(client, FEE, kind="confirms")
    assert (response.status_code, response["Location"]) == (302, "/zh-hant/report/thanks/")
    report = Report.objects.get()
    assert (report.fact, report.kind, report.said) == (fee, "confirms", "補領收費：HK$10")
    assert client.get("/zh-hant/report/thanks/").status_code == 200


def test_contradiction_keeps_what_was_met(client: Client, fee: Fact) -> None:
    values = {
        "saw": "收了HK$80",
        "met_on": "2026-11-20",
        "met_at": "旺角門市",
        "fee": "80",
        "minutes": "25",
        "asked_for": "身份證",
        "link": "https://www.example.org/fee",
    }
    assert write(client, FEE, kind="contradicts", **values).status_code == 302
    report = Report.objects.get()
    kept = {name: str(getattr(report, name)) for name in values}
    assert kept == values | {"fee": "80.00"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("saw", ""),
        ("met_on", "tomorrow"),
        ("met_on", "soon"),
        ("fee", "-1"),
        ("minutes", "100001"),
        ("link", "javascript:alert(1)"),
        ("saw", "x" * 2001),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    client: Client, fee: Fact, field: str, value: str
) -> None:
    if value == "tomorrow":  # not sooner than now: midnight may have passed since tests were listed
        value = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    values = {"saw": "收了HK$80", "met_at": "旺角門市"} | {field: value}
    response = write(client, FEE, kind="contradicts", **values)
    page = soup(response)
    assert (response.status_code, Report.objects.count()) == (422, 0)
    assert links(page, ".error-summary a") == [f"#id_{field}"]
    assert words(page.title).startswith("錯誤：")
    assert page.select_one("#id_met_at")["value"] == "旺角門市"
    assert page.select_one(f"#id_{field}") is not None


def test_sending_twice_makes_one_report(client: Client, fee: Fact) -> None:
    values = {"token": token_of(client, FEE), "kind": "confirms"}
    assert [client.post(FEE, values).status_code for _ in range(2)] == [302, 302]
    assert Report.objects.count() == 1


@pytest.mark.parametrize("seconds", [0, 90_000])
def test_too_fast_or_too_old_a_form_can_be_sent_again(
    client: Client, fee: Fact, seconds: int
) -> None:
    response = write(client, FEE, seconds, kind="contradicts", saw="收了HK$80")
    page = soup(response)
    assert (response.status_code, Report.objects.count()) == (422, 0)
    assert words(page.select_one("#id_saw")) == "收了HK$80"


def test_what_fills_the_hidden_box_goes_to_the_spam(client: Client, fee: Fact) -> None:
    write(client, FEE, kind="confirms", homepage="https://buy.example")
    assert Report.objects.get().folder == "spam"


def test_channel_and_step_can_be_reported(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    channel = make_channel(carrier=carrier, slug="loss")
    procedure = make_procedure(carrier=carrier, slug="lost")
    general = make_procedure(carrier=None, slug="lost")
    for owner in (procedure, general):
        make_step(procedure=owner, position=1)
        make_step(procedure=owner, position=2, is_alternative=True)
        make_step(procedure=owner, position=3)
    write(client, "/zh-hant/report/channel/cmhk/loss/", kind="confirms")
    write(client, "/zh-hant/report/step/cmhk/lost/2/", kind="confirms")
    write(client, "/zh-hans/report/step/general/lost/1/", kind="confirms")
    found = {(r.channel, r.procedure, r.step_number) for r in Report.objects.all()}
    assert found == {(channel, None, None), (None, procedure, 2), (None, general, 1)}
    assert client.get("/zh-hant/report/step/cmhk/lost/3/").status_code == 404


def test_what_readers_may_not_see_cannot_be_reported(client: Client) -> None:
    carrier = make_carrier(slug="hidden", status=Status.DRAFT)
    make_fact(slug="fee", carrier=carrier)
    make_channel(carrier=carrier, slug="loss")
    make_procedure(carrier=carrier, slug="lost")
    addresses = (
        *(FEE, "/zh-hant/report/fact/none/", "/zh-hant/report/channel/hidden/loss/"),
        "/zh-hant/report/step/hidden/lost/1/",
    )
    assert {client.get(a).status_code for a in addresses} == {404}


def test_other_methods_and_other_sites_are_refused(client: Client, fee: Fact) -> None:
    assert client.put(FEE).status_code == 405
    cross = client.post(FEE, {"kind": "confirms"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 403


def test_two_contradictions_open_a_fact_again(fee: Fact) -> None:
    make_report(fact=fee)
    make_report(fact=fee, folder="spam")
    make_report(fact=fee, kind=Report.Kind.CONFIRMS)
    assert list(contradicted(Fact)) == []
    make_report(fact=fee)
    assert [(f, f.contradictions) for f in contradicted(Fact)] == [(fee, 2)]


def test_two_contradictions_open_a_step_again() -> None:
    procedure = make_procedure()
    for number in (1, 2, 2):
        make_report(procedure=procedure, step_number=number)
    assert contradicted_steps() == [(procedure.pk, 2, 2)]


def test_enter_in_a_box_sends_what_stands_above_it(client: Client, fee: Fact) -> None:
    """A browser presses the first button of the box's own form."""
    page = soup(client.get(FEE))
    first = {
        box["name"]: box.find_parent("form").select_one("button")["value"]
        for box in page.select(".field :is(input, textarea)")
    }
    assert first == dict.fromkeys(("fee", "minutes", "asked_for"), "confirms") | dict.fromkeys(
        ("saw", "met_on", "met_at", "link"), "contradicts"
    )


def test_who_sent_too_fast_need_not_wait_anew(client: Client, fee: Fact) -> None:
    token = token_of(client, FEE, 1)
    shown = soup(client.post(FEE, {"token": token, "kind": "confirms"}))
    assert {str(box["value"]) for box in shown.select("[name=token]")} == {token}


def test_two_readers_may_say_the_same_few_words(client: Client, fee: Fact) -> None:
    said = [write(client, FEE, kind="contradicts", saw="收了HK$80").status_code for _ in range(6)]
    assert said == [302, 302, 302, 302, 302, 422]
    long = {"kind": "contradicts", "saw": "我去旺角門市，店員收了我八十元，不是十元。" * 3}
    assert [write(client, FEE, **long).status_code for _ in range(2)] == [302, 422]


def test_readers_count_beside_what_they_confirmed_and_not_beside_a_new_value(
    client: Client, fee: Fact
) -> None:
    write(client, FEE, kind="confirms")
    write(client, "/zh-hans/report/fact/fee/", kind="confirms")
    line = ".fact .readers"
    assert texts(soup(client.get("/zh-hant/carriers/cmhk/")), line) == [
        "最近30日有2位讀者遇到同樣情況"
    ]
    fee.value_zh_hant = fee.value_zh_hans = "HK$80"
    fee.save()
    assert texts(soup(client.get("/zh-hant/carriers/cmhk/")), line) == []


def test_a_fact_of_two_steps_counts_each_reader_once(client: Client, fee: Fact) -> None:
    procedure = make_procedure(carrier=fee.carrier, slug="lost")
    for position in (1, 2):
        make_step(procedure=procedure, position=position).facts.add(fee)
    for _ in range(2):
        write(client, FEE, kind="confirms")
    counts = texts(soup(client.get("/zh-hant/carriers/cmhk/lost/")), ".fact .readers")
    assert set(counts) == {"最近30日有2位讀者遇到同樣情況"}


def test_readers_count_beside_channels_and_steps(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    make_channel(carrier=carrier, slug="loss")
    make_step(procedure=make_procedure(carrier=carrier, slug="lost"), position=1)
    write(client, "/zh-hans/report/channel/cmhk/loss/", kind="confirms")
    write(client, "/zh-hans/report/step/cmhk/lost/1/", kind="confirms")
    page = soup(client.get("/zh-hant/carriers/cmhk/lost/"))
    said = ["最近30日有1位讀者遇到同樣情況"]
    assert (texts(page, ".step .readers"), texts(page, ".channel .readers")) == (said, said)
