"""spreadsheet.py: cells that are no formulas, files that hold a table, all rows or none."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from esimguide.admin.spreadsheet import (
    KEYS,
    MAX_ROWS,
    TableError,
    as_csv,
    load,
    plain_cell,
    read,
    rows_of,
    safe_cell,
)
from esimguide.models import Carrier, Device, Fact, Procedure, Service, Source, Term
from tests.factories import (
    make_carrier,
    make_device,
    make_fact,
    make_procedure,
    make_service,
    make_source,
    make_term,
    make_unknown_fact,
    pair,
)

# ---- cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "HK$10", "'quoted'", "a=b"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(alphabet="'=+-@\t\ra＝", max_size=8))
def test_a_cell_comes_back_as_it_went(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


# ---- out, wipe, in, out ------------------------------------------------------------------------


def some_facts() -> None:
    carrier = make_carrier(slug="cmhk")
    make_fact(carrier=carrier, amount_min="10.5", unit=Fact.Unit.HKD, value_zh_hant="-5、=1")
    make_fact(procedure=make_procedure(carrier=carrier, slug="lost"), label_zh_hans='逗号,引号"')
    make_unknown_fact(procedure=make_procedure(slug="general"))
    make_unknown_fact(service=make_service())


def some_carriers() -> None:
    host = make_carrier(slug="z-host", **pair("summary", "一\n二", "一\n二"))
    make_carrier(slug="a-brand", host=host, kind=Carrier.Kind.SUB_BRAND)


FILLED: dict[type[Model], Callable[[], object]] = {
    Source: lambda: (make_source(), make_source(published_on="2026-01-02")),
    Carrier: some_carriers,
    Service: lambda: (make_service(), make_service(check_again_on="2027-01-02")),
    Device: lambda: (make_device(), make_device(model_number="A3521")),
    Fact: some_facts,
    Term: lambda: (make_term(), make_term(**pair("forbidden", "充值", "增值"))),
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEYS)
def test_export_wipe_import_export_is_the_same_to_the_byte(model: type[Model], user: User) -> None:
    FILLED[model]()
    before = as_csv(model, rows_of(model.objects.all()))
    count = model.objects.count()
    wipe(model)
    outcome = load(model, read(model, before.encode()), user.pk, keep=True)
    assert (outcome.added, outcome.changed, outcome.problems) == (count, 0, [])
    assert as_csv(model, rows_of(model.objects.all())).encode() == before.encode()


def wipe(model: type[Model]) -> None:
    if model is Carrier:
        Carrier.objects.exclude(host=None).delete()
    model.objects.all().delete()
    assert not model.objects.exists()


@pytest.mark.django_db
def test_what_is_the_same_gets_no_new_version(user: User) -> None:
    make_term()
    rows = rows_of(Term.objects.all())
    assert load(Term, rows, user.pk, keep=True).same == 1
    assert Term.history.count() == 1
    rows[0]["english"] = "refill"
    assert load(Term, rows, user.pk, keep=True).changed == 1
    assert Term.history.count() == 2


@pytest.mark.django_db
def test_who_imports_a_day_of_checking_has_checked(user: User) -> None:
    make_fact()
    rows = rows_of(Fact.objects.all())
    load(Fact, [rows[0] | {"label_zh_hant": "新"}], user.pk, keep=True)
    assert Fact.objects.get().checked_by is None
    load(Fact, [rows[0] | {"checked_on": "2026-11-24"}], user.pk, keep=True)
    assert Fact.objects.get().checked_by == user


@pytest.mark.django_db
def test_trying_writes_nothing(user: User) -> None:
    make_term(english="top up")
    rows = rows_of(Term.objects.all())
    rows[0]["english"] = "refill"
    outcome = load(Term, rows, user.pk, keep=False)
    assert (outcome.changed, outcome.is_kept, outcome.is_tried) == (1, False, True)
    assert Term.objects.get().english == "top up"


@pytest.mark.django_db
def test_one_bad_row_keeps_all_out(user: User) -> None:
    make_term(slug="one")
    row = rows_of(Term.objects.all())[0]
    rows = [row | {"slug": "two"}, row | {"slug": "three", "grade": "Z"}]
    outcome = load(Term, rows, user.pk, keep=True)
    assert len(outcome.problems) == 1
    assert "2" in outcome.problems[0]
    assert list(Term.objects.values_list("slug", flat=True)) == ["one"]


@pytest.mark.django_db
def test_a_general_procedure_is_named_by_a_slash_and_its_slug() -> None:
    make_unknown_fact(procedure=make_procedure(slug="general"))
    assert rows_of(Fact.objects.all())[0]["procedure"] == "/general"
    assert Procedure.objects.get_by_natural_key("", "general")


# ---- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"", b"slug", b"[]"],
)
def test_a_file_that_holds_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(TableError):
        read(Term, content)


@pytest.mark.django_db
def test_rows_are_limited() -> None:
    make_term()
    row = rows_of(Term.objects.all())[0]
    rows = [row | {"slug": f"s{number}"} for number in range(MAX_ROWS + 1)]
    with pytest.raises(TableError):
        read(Term, as_csv(Term, rows).encode())
