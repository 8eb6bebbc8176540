"""admin/compare.py: two whole versions, in the words of the form."""

import pytest

from esimguide.admin.procedure.compare import differences
from esimguide.editorial.revisions import snapshot, start_working_copy
from esimguide.models import Status
from tests.admin.form import said
from tests.factories import make_procedure, make_requirement, make_situation, make_step


@pytest.mark.django_db
def test_a_copy_differs_in_nothing_until_it_is_written_in() -> None:
    live = make_procedure(situations=[make_situation()])
    make_step(procedure=live)
    make_requirement(procedure=live)
    copy = start_working_copy(live)
    assert differences(snapshot(live), snapshot(copy)) == []
    assert copy.status == Status.DRAFT
    copy.requirements.all().delete()
    copy.is_first_aid = True
    copy.save()
    found = differences(snapshot(live), snapshot(copy))
    assert {d.place for d in found} == {"", f"{said('requirement')} 1"}
    assert said("stops the damage, does not bring the number back") in [d.label for d in found]
