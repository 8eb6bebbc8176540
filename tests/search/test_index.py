"""index.py: what search finds is in step with every saved record."""

import pytest

from esimguide.models import Carrier, SearchEntry, SearchTerm, Status
from esimguide.search.index import rebuild
from tests.factories import make_carrier, make_fact, make_procedure, make_synonym, pair

pytestmark = pytest.mark.django_db


def found() -> set[str]:
    return set(SearchEntry.objects.values_list("title_zh_hant", flat=True))


def test_saving_a_record_makes_its_entry() -> None:
    carrier = make_carrier(**pair("name", "甲電訊", "甲电讯"))
    assert found() == {"甲電訊"}
    carrier.name_zh_hant = "乙電訊"
    carrier.save()
    assert found() == {"乙電訊"}


def test_a_draft_has_no_entry() -> None:
    make_carrier(status=Status.DRAFT)
    assert not found()


def test_a_carriers_new_name_shows_above_what_hangs_on_it() -> None:
    carrier = make_carrier(**pair("name", "甲電訊", "甲电讯"))
    make_fact(carrier=carrier, **pair("label", "收費", "收费"))
    carrier.name_zh_hant = "乙電訊"
    carrier.save()
    assert SearchEntry.objects.get(title_zh_hant="收費").about_zh_hant == "乙電訊"


def test_deleting_a_record_takes_its_entry_and_words_along() -> None:
    carrier = make_carrier()
    make_synonym(carrier=carrier)
    Carrier.objects.all().delete()
    assert (SearchEntry.objects.count(), SearchTerm.objects.count()) == (0, 0)


def test_rebuilding_brings_what_went_past_saving() -> None:
    carrier = make_carrier(**pair("name", "甲電訊", "甲电讯"))
    make_procedure(carrier=carrier, **pair("title", "補領", "补办"))
    Carrier.objects.update(name_zh_hant="乙電訊")
    assert rebuild() == 2
    assert found() == {"乙電訊", "補領"}
