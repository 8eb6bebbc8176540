"""yes_no.py: a cell says yes, no, or is refused."""

import pytest
from django.contrib.auth.models import User

from esimguide.admin.spreadsheet import as_csv, load, read, rows_of
from esimguide.admin.yes_no import read_yes_no
from esimguide.models import Fact
from tests.factories import make_fact


@pytest.mark.parametrize("text", ["true", "True", "TRUE", " true ", "yes", "Yes", "1", "１", "是"])
def test_these_say_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["false", "False", "FALSE", "no", "NO", "0", "０", "否"])
def test_these_say_no(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", ["", "2", "-1", "y", "ture", "真", "0.0", "不是"])
def test_others_say_neither(text: str) -> None:
    assert read_yes_no(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("says_no", [True, False])
@pytest.mark.parametrize("words", [("true", "false"), ("TRUE", "FALSE"), ("1", "0"), ("是", "否")])
def test_what_a_spreadsheet_made_of_it_changes_nothing(
    user: User, words: tuple[str, str], *, says_no: bool
) -> None:
    make_fact(says_no=says_no)
    before = as_csv(Fact, rows_of(Fact.objects.all()))
    word = words[0] if says_no else words[1]
    table = before.replace(f",{says_no},", f",{word},")
    assert table != before
    outcome = load(Fact, read(Fact, table.encode()), user.pk, keep=True)
    assert (outcome.same, outcome.changed, outcome.problems) == (1, 0, [])
    assert Fact.objects.get().says_no is says_no
    assert Fact.history.count() == 1


@pytest.mark.django_db
def test_a_changed_cell_is_read(user: User) -> None:
    make_fact(says_no=True)
    (row,) = rows_of(Fact.objects.all())
    assert load(Fact, [row | {"says_no": "0"}], user.pk, keep=True).changed == 1
    assert Fact.objects.get().says_no is False


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "ture", "2"])
def test_any_other_word_is_refused_with_its_row_and_column(user: User, text: str) -> None:
    make_fact(says_no=True)
    (row,) = rows_of(Fact.objects.all())
    outcome = load(Fact, [row | {"says_no": text}], user.pk, keep=True)
    (problem,) = outcome.problems
    assert "1" in problem
    assert f"says_no: 「{text}」" in problem
    assert Fact.objects.get().says_no is True
