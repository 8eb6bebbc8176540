"""forms.py: typed values out of query strings, BadRequest for nonsense."""

from django.core.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st

from esimguide.forms import step_number


def test_step_number_reads_a_whole_number() -> None:
    assert [step_number({}), step_number({"step": "1"}), step_number({"step": "999"})] == [
        None,
        1,
        999,
    ]


@given(st.text())
def test_step_number_is_a_number_or_refused(raw: str) -> None:
    try:
        number = step_number({"step": raw})
    except BadRequest:
        return
    assert str(number) == raw
