"""Every name by which somebody may know a carrier, over the shipped content, leads to it."""

from collections import defaultdict

import pytest

from esimguide.models import Carrier, Kind
from esimguide.models.search_entry import SearchTerm
from esimguide.search.results import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def owners() -> dict[str, set[str]]:
    """Return the carriers that each name stands for; a company's name may stand for several."""
    found = defaultdict(set)
    for word in SearchTerm.objects.filter(carrier__isnull=False):
        found[word.folded].add(word.slug)
    return found


def test_every_carrier_has_names() -> None:
    named = set().union(*owners().values())
    assert named == set(Carrier.objects.published().values_list("slug", flat=True))


@pytest.mark.parametrize("between", ["", " "], ids=["glued", "spaced"])
def test_a_carriers_name_and_what_happened_lead_to_its_pages_and_an_answer(between: str) -> None:
    for name, slugs in owners().items():
        found = find(f"{name}{between}換機")
        first = found.hits[0]
        assert found.query.answer in {f"carrier={s}&situation=new-phone" for s in slugs}, name
        assert first.path.split("/")[1] in slugs, name
        assert first.kind in (Kind.PROCEDURE, Kind.CARRIER), name


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        *(("3HK", "3hk"), ("3香港", "3hk"), ("三香港", "3hk"), ("和记", "3hk"), ("３ＨＫ", "3hk")),
        *(("csl", "csl"), ("CSL", "csl"), ("1010", "1o1o"), ("1O1O", "1o1o"), ("HKT", "csl")),
        *(("SmarTone", "smartone"), ("數碼通", "smartone"), ("smart one", "smartone")),
        *(("CMHK", "cmhk"), ("中移香港", "cmhk"), ("中国移动香港", "cmhk"), ("鸭聊佳", "cmhk")),
        *(("birdie", "birdie"), ("自由鸟", "birdie"), ("clubsim", "club-sim")),
        *(("Club Sim", "club-sim"), ("香港宽频", "hkbn"), ("HGC", "hgc"), ("MO+", "mo-plus")),
        *(("中国联通", "cuniq"), ("月神卡", "cuniq"), ("中国电信香港", "ctexcel"), ("CTM", "ctm")),
        *(("So SIM", "sosim"), ("haha sim", "hahasim"), ("263", "263-mobile")),
    ],
)
def test_the_name_alone_leads_to_the_carriers_page(typed: str, slug: str) -> None:
    found = find(typed)
    assert (found.query.answer, found.hits[0].path) == (f"carrier={slug}", f"carriers/{slug}/")
