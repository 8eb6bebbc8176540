"""admin/carrier.py: carriers and channels."""

import pytest
from django.test import Client

from esimguide.models import Carrier, Channel, Status
from tests.admin.form import errors, rows, said, send
from tests.factories import make_capability, make_carrier, make_channel, pair

CARRIERS, CHANNELS = "/admin/esimguide/carrier/", "/admin/esimguide/channel/"


def test_a_carrier_is_added_as_a_draft_in_one_language(editor: Client) -> None:
    typed = {"slug": "new", "kind": Carrier.Kind.NETWORK, "name_zh_hant": "新電訊"}
    assert send(editor, f"{CARRIERS}add/", **typed).status_code == 302
    assert Carrier.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("column", ["name_zh_hans", "legal_name_zh_hans", "summary_zh_hant"])
def test_a_carrier_is_published_in_both_languages_only(editor: Client, column: str) -> None:
    texts = pair("name", "新", "新") | pair("legal_name", "新", "新") | pair("summary", "新", "新")
    carrier = make_carrier(status=Status.DRAFT, **texts | {column: ""})
    answer = send(editor, f"{CARRIERS}{carrier.pk}/change/", status=Status.PUBLISHED)
    assert errors(answer) == {column: [said("Fill in both languages.")]}
    assert Carrier.objects.get().status == Status.DRAFT


def test_a_carrier_is_not_its_own_host(editor: Client) -> None:
    carrier = make_carrier()
    answer = send(editor, f"{CARRIERS}{carrier.pk}/change/", host=carrier.pk)
    assert errors(answer) == {"host": [said("A carrier cannot be its own host network.")]}
    assert Carrier.objects.get().host is None


def test_carrier_list_filters(editor: Client) -> None:
    host = make_carrier(position=1)
    make_carrier(position=2, host=host, kind=Carrier.Kind.SUB_BRAND, status=Status.DRAFT)

    def found(query: str) -> list[str]:
        return [row[-1] for row in rows(editor, f"{CARRIERS}?{query}")]

    assert found("status__exact=draft") == ["2"]
    assert found("kind__exact=network") == ["1"]
    assert found(f"host__id__exact={host.pk}") == ["2"]


def test_a_channel_says_which_capabilities_it_needs(editor: Client) -> None:
    channel, need = make_channel(), make_capability()
    assert send(editor, f"{CHANNELS}{channel.pk}/change/", needs=[need.pk]).status_code == 302
    assert list(channel.needs.all()) == [need]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("label_zh_hans", "This field is required."),
        ("hours_zh_hans", "Fill in both languages."),
        ("detail_zh_hant", "Fill in both languages."),
    ],
)
def test_a_channel_always_has_both_languages(editor: Client, column: str, message: str) -> None:
    texts = pair("hours", "全日", "全天") | pair("detail", "中環", "中环")
    channel = make_channel(**texts)
    answer = send(editor, f"{CHANNELS}{channel.pk}/change/", **{column: ""})
    assert errors(answer) == {column: [said(message)]}
    assert getattr(Channel.objects.get(), column) != ""


def test_a_slug_stands_once_a_carrier(editor: Client) -> None:
    first = make_channel()
    second = make_channel(carrier=first.carrier)
    answer = send(editor, f"{CHANNELS}{second.pk}/change/", slug=first.slug)
    assert answer.status_code == 200
    assert Channel.objects.filter(slug=first.slug).count() == 1


def test_channel_list_filters(editor: Client) -> None:
    hotline = make_channel(value="12580", is_loss_line=True)
    make_channel(kind=Channel.Kind.SHOP, value="")

    def found(query: str) -> list[str]:
        return [row[4] for row in rows(editor, f"{CHANNELS}?{query}")]

    assert found("kind__exact=hotline") == ["12580"]
    assert found(f"carrier__id__exact={hotline.carrier_id}") == ["12580"]
    assert found("is_loss_line__exact=1") == ["12580"]
    assert found("state__exact=unknown") == []


def test_a_number_is_saved_in_one_form_or_refused(editor: Client) -> None:
    channel = make_channel(kind=Channel.Kind.HOTLINE)
    address = f"{CHANNELS}{channel.pk}/change/"
    assert send(editor, address, value="2880-2688").status_code == 302
    assert Channel.objects.get().value == "28802688"
    for typed in ("abc", "2880 2688 / 2880 2689"):
        answer = send(editor, address, value=typed)
        assert "沒有這樣的電話號碼" in errors(answer)["value"][0]
    assert Channel.objects.get().value == "28802688"
