"""Every possible answer over the shipped content: a verdict, a way on, nobody else's procedure."""

import re
from itertools import product

import pytest
from django.test import Client

from esimguide.forms import UNKNOWN
from esimguide.models import Carrier, Line, Place, Situation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

WAY_ON = re.compile(r'class="routes__none">[^<]+<a href="/zh-hans/carriers/')
LINK = re.compile(r'class="card__link" href="/zh-hans/(carriers/([^/"]+)|general)/')


def test_every_combination_has_a_verdict_and_a_way_on() -> None:
    client = Client()
    carriers = [*Carrier.objects.published().values_list("slug", flat=True), UNKNOWN]
    situations = [*Situation.objects.values_list("slug", flat=True), UNKNOWN]
    lines = ["", "&line=postpaid", "&line=prepaid"]
    assert {f"&line={x}" for x in Line if x != Line.ANY} == set(lines[1:])
    for carrier, situation, place, line in product(
        carriers, situations, [*Place.values, UNKNOWN], lines
    ):
        query = f"carrier={carrier}{line}&place={place}&situation={situation}"
        response = client.get(f"/zh-hans/answer/?{query}")
        assert response.status_code == 200, query
        html = response.content.decode()
        assert re.search(r'<h1 class="verdict verdict--\w+">\s*\S', html), query
        owners = {owner for _, owner in LINK.findall(html)}
        assert LINK.search(html) or WAY_ON.search(html), query
        assert owners <= {carrier, ""}, query
