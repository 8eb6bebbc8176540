"""models/procedure.py: which procedures readers may see, and where they stand."""

import pytest
from django.utils.translation import override

from esimguide.models import Place, Procedure, Status
from tests.factories import make_carrier, make_procedure, make_situation

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_published_leaves_out_drafts_and_what_an_unpublished_carrier_owns() -> None:
    shown = [make_procedure(), make_procedure(carrier=make_carrier())]
    make_procedure(status=Status.DRAFT)
    make_procedure(carrier=make_carrier(status=Status.DRAFT))
    assert set(Procedure.objects.published()) == set(shown)


def test_general_and_for_situation() -> None:
    situation = make_situation()
    general = make_procedure(situations=[situation])
    of_carrier = make_procedure(carrier=make_carrier(), situations=[situation])
    make_procedure()
    assert set(Procedure.objects.for_situation(situation)) == {general, of_carrier}
    assert set(Procedure.objects.for_situation(situation).general()) == {general}


def test_natural_key_finds_a_carriers_and_a_general_procedure() -> None:
    general = make_procedure(slug="lost")
    of_carrier = make_procedure(carrier=make_carrier(slug="cmhk"), slug="lost")
    for procedure in (general, of_carrier):
        assert Procedure.objects.get_by_natural_key(*procedure.natural_key()) == procedure


def test_addresses() -> None:
    general = make_procedure(slug="online")
    of_carrier = make_procedure(carrier=make_carrier(slug="cmhk"), slug="lost")
    with override("zh-hans"):
        assert general.get_absolute_url() == "/zh-hans/general/online/"
        assert of_carrier.get_checklist_url() == "/zh-hans/carriers/cmhk/lost/checklist/"


def test_places_are_those_ticked() -> None:
    procedure = Procedure(from_hong_kong=True, from_macau=True)
    assert procedure.places == (Place.HONG_KONG, Place.MACAU)


def test_procedures_with_capabilities_keep_their_order() -> None:
    late, early = make_carrier(position=9), make_carrier(position=1)
    placed = ((late, 1), (early, 9), (early, 1), (None, 5))
    of_late, early_last, early_first, general = (
        make_procedure(carrier=carrier, position=position) for carrier, position in placed
    )
    found = Procedure.objects.with_capabilities()
    assert list(found) == [general, early_first, early_last, of_late]
