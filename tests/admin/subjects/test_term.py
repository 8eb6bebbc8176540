"""admin/term.py."""

from django.test import Client

from esimguide.models import Term
from tests.admin.form import errors, rows, said, send
from tests.factories import make_term, pair

ROOT = "/admin/esimguide/term/"


def test_a_term_has_both_words(editor: Client) -> None:
    typed = {"slug": "top-up", "english": "top up", "grade": "A", "word_zh_hant": "增值"}
    answer = send(editor, f"{ROOT}add/", **typed)
    messages = ["This field is required.", "Fill in both languages."]
    assert errors(answer) == {"word_zh_hans": list(map(said, messages))}
    typed |= {"word_zh_hans": "充值", "forbidden_zh_hans": "增值"}
    assert send(editor, f"{ROOT}add/", **typed).status_code == 302
    assert Term.objects.get().forbidden_zh_hans == "增值"


def test_list_shows_what_not_to_use(editor: Client) -> None:
    make_term(**pair("forbidden", "充值", "增值"))
    make_term(grade=Term.Grade.FOREIGN)
    found = rows(editor, f"{ROOT}?grade__exact=A")
    assert [row[:5] for row in found] == [["增值", "充值", "top up", "充值", "增值"]]
