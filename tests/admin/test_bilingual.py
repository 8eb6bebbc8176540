"""admin/bilingual.py: pairs, marks, columns and what is missing."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils.translation import override

from esimguide.admin.bilingual import label, language_of, pair
from esimguide.models import Carrier, Status
from tests.admin.form import enter, rows
from tests.factories import make_carrier, make_channel, make_procedure, make_step
from tests.html import soup, texts, words


def test_pair_names_both_columns() -> None:
    assert pair("title") == ("title_zh_hant", "title_zh_hans")


@pytest.mark.parametrize(
    ("column", "language"),
    [("title_zh_hant", "zh-hant"), ("title_zh_hans", "zh-hans"), ("slug", None)],
)
def test_language_of_a_column(column: str, language: str | None) -> None:
    assert language_of(column) == language


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hant", ["名稱（繁）", "名稱（简）"]), ("zh-hans", ["名称（繁）", "名称（简）"])],
)
def test_label_says_the_language_in_its_own_letters(language: str, expected: list[str]) -> None:
    with override(language):
        assert [str(label(Carrier, column)) for column in pair("name")] == expected


def test_both_languages_share_a_row_of_the_form_and_of_its_rows(editor: Client) -> None:
    channel = make_channel()
    page = soup(editor.get(f"/admin/esimguide/carrier/{channel.carrier_id}/change/"))
    for name in ("name", "legal_name", "summary", "channels-0-label", "channels-0-hours"):
        boxes = page.select(f"#id_{name}_zh_hant, #id_{name}_zh_hans")
        assert [box["lang"] for box in boxes] == ["zh-Hant-HK", "zh-Hans-CN"]
        lines = {box.find_parent(class_="form-row") for box in boxes}
        assert len(lines) == 1


def test_what_is_only_read_says_its_language_too(client: Client, db: None) -> None:
    procedure = make_procedure()
    make_step(procedure=procedure)
    reader = User.objects.create_user("reader", is_staff=True)
    rights = ("view_procedure", "view_step")
    reader.user_permissions.set(Permission.objects.filter(codename__in=rights))
    page = soup(enter(client, reader).get(f"/admin/esimguide/procedure/{procedure.pk}/change/"))
    found = [words(box) for box in page.select(".fieldBox.field-title_zh_hans label")]
    assert [text.rstrip("：:") for text in found] == ["標題（简）", "標題（以動詞開頭）（简）"]


def test_list_shows_both_languages_and_a_dash_for_a_missing_one(editor: Client) -> None:
    make_carrier(status=Status.DRAFT, name_zh_hant="甲", name_zh_hans="")
    page = soup(editor.get("/admin/esimguide/carrier/"))
    heads = texts(page, "#result_list thead th")
    assert heads[1:3] == ["名稱（繁）", "名稱（简）"]
    assert [row[:2] for row in rows(editor, "/admin/esimguide/carrier/")] == [["甲", "-"]]
    assert texts(page, "#result_list tbody a") == ["甲", "-"]


def test_missing_filter_finds_every_one_sided_text(editor: Client) -> None:
    draft = {"status": Status.DRAFT}
    make_carrier(slug="whole", position=1)
    make_carrier(slug="no-hans", position=2, name_zh_hant="甲", name_zh_hans="", **draft)
    make_carrier(slug="no-hant", position=3, summary_zh_hans="乙", **draft)

    def found(choice: str) -> list[str]:
        return [row[5] for row in rows(editor, f"/admin/esimguide/carrier/?missing={choice}")]

    assert {choice: found(choice) for choice in ("zh-hans", "zh-hant", "none", "odd")} == {
        "zh-hans": ["2"],
        "zh-hant": ["3"],
        "none": ["1"],
        "odd": ["1", "2", "3"],
    }
