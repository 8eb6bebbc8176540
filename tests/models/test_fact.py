"""models/fact.py: the order in which facts are shown."""

import pytest

from esimguide.models import Fact
from tests.factories import make_fact

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_facts_with_evidence_stand_where_the_editors_put_them() -> None:
    last, second, first = (
        make_fact(slug=slug, position=position) for slug, position in (("c", 9), ("b", 1), ("a", 1))
    )
    assert list(Fact.objects.with_evidence()) == [first, second, last]
