"""admin/desk/work_lists.py: what needs an editor, and nothing else."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from esimguide.editorial.revisions import start_working_copy
from esimguide.models import LinkCheck, State, Status
from tests.admin.form import said
from tests.factories import (
    make_carrier,
    make_channel,
    make_device,
    make_fact,
    make_inquiry,
    make_misconception,
    make_procedure,
    make_report,
    make_service,
    make_source,
    make_step,
    make_topic,
    make_unknown_fact,
    pair,
)
from tests.html import links, soup, texts

DAY = dt.timedelta(days=1)


def make_dead(url: str, outcome: LinkCheck.Outcome = LinkCheck.Outcome.GONE) -> None:
    LinkCheck.objects.create(url=url, outcome=outcome, detail="404", tried_at=timezone.now())


def names(client: Client, section: str, query: str = "") -> list[str]:
    return texts(soup(client.get(f"/admin/desk/{section}/{query}")), "tbody th a")


def test_what_is_due_in_14_days_is_there_and_the_rest_is_not(editor: Client) -> None:
    today = timezone.localdate()
    carrier = make_carrier(name_zh_hant="甲")
    fact = make_fact(carrier=carrier, label_zh_hant="收費", check_again_on=today - DAY)
    make_channel(carrier=carrier, label_zh_hant="熱線", check_again_on=today + 14 * DAY)
    make_procedure(check_again_on=today + 15 * DAY)
    for make in (make_service, make_misconception, make_device):
        make(check_again_on=None)
    assert sorted(names(editor, "due")) == ["甲：收費", "甲：熱線 29458888"]
    assert names(editor, "due", "?kind=channel") == ["甲：熱線 29458888"]
    assert names(editor, "due", "?kind=nonsense") == []
    page = soup(editor.get("/admin/desk/due/?kind=fact"))
    assert links(page, "tbody a") == [f"/admin/esimguide/fact/{fact.pk}/change/"]
    assert links(page, ".desk__filter [aria-current]") == ["?kind=fact"]


def test_doubtful_facts_stand_by_how_many_pages_show_them(editor: Client) -> None:
    hidden = make_carrier(status=Status.DRAFT)
    make_unknown_fact(label_zh_hant="藏", carrier=hidden)
    make_unknown_fact(label_zh_hant="一", carrier=make_carrier())
    often = make_fact(
        label_zh_hant="三",
        state=State.CONFLICTING,
        other_source=make_source(),
        **pair("other_value", "另一", "另一"),
    )
    for _number in range(2):
        make_step(procedure=make_procedure()).facts.add(often)
    make_fact(label_zh_hant="官")
    found = [name.split("：")[1] for name in names(editor, "doubtful")]
    assert found == ["三", "一", "藏"]


def test_drafts_wait_for_a_review(editor: Client) -> None:
    make_topic(status=Status.REVIEW, title_zh_hant="待審")
    make_topic(status=Status.DRAFT)
    assert names(editor, "review") == ["待審"]


def test_texts_older_than_their_source_are_listed_without_those_of_working_copies(
    editor: Client,
) -> None:
    topic = make_topic(title_zh_hant="舊")
    make_topic()
    live = make_procedure(title_zh_hant="程序")
    step = make_step(procedure=live)
    copied = start_working_copy(live).steps.get()
    for record in (topic, step, copied):
        record.title_zh_hant = "新"
        record.save()
    page = soup(editor.get("/admin/desk/stale/"))
    assert sorted(links(page, "tbody a")) == [
        f"/admin/esimguide/procedure/{live.pk}/change/",
        f"/admin/esimguide/topic/{topic.pk}/change/",
    ]
    assert sorted(texts(page, "tbody th a")) == sorted([str(live), "新"])


def test_dead_links_lead_to_what_names_them(editor: Client) -> None:
    source = make_source(url="https://a.example/", title_zh_hant="舊頁")
    make_channel(value="https://b.example/", label_zh_hant="網站")
    make_source(url="https://good.example/")
    make_dead("https://a.example/")
    make_dead("https://b.example/", LinkCheck.Outcome.SILENT)
    make_dead("https://nobody.example/")
    make_dead("https://good.example/", LinkCheck.Outcome.GOOD)
    page = soup(editor.get("/admin/desk/links/"))
    assert len(page.select("tbody tr")) == 2
    assert links(page, "tbody a")[0] == f"/admin/esimguide/source/{source.pk}/change/"
    assert texts(page, "tbody td:nth-child(3)")[0] == f"{said('page is gone')} 404"


def test_two_contradictions_bring_a_fact_to_the_desk(editor: Client) -> None:
    fact = make_fact(carrier=make_carrier(name_zh_hant="甲"), label_zh_hant="收費")
    make_report(fact=fact)
    assert names(editor, "contradicted") == []
    make_report(fact=fact)
    assert names(editor, "contradicted") == ["甲：收費"]


def test_unread_messages_wait_on_the_desk(editor: Client) -> None:
    report, inquiry = make_report(said="收費"), make_inquiry(text="卡套呢？")
    make_inquiry(folder="done")
    assert names(editor, "unread") == [str(report), str(inquiry)]
