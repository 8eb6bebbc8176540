"""sitemaps.py: every page in both languages, each naming the other."""

import re

import pytest
from django.test import Client

from esimguide.models import Status
from tests.factories import (
    make_carrier,
    make_device,
    make_procedure,
    make_question,
    make_service,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_sitemap_names_each_page_in_both_languages(client: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    make_procedure(carrier=carrier, slug="lost")
    make_procedure(slug="online")
    make_topic(slug="esim")
    make_device(slug="iphone-13")
    make_service(slug="hsbc")
    make_topic(slug="draft", status=Status.DRAFT)
    make_question(theme="loss")
    make_question(theme="loss")
    make_question(theme="phone", status=Status.DRAFT)
    xml = client.get("/sitemap.xml").content.decode()
    pages = re.findall(r"<loc>http://testserver/zh-hans/(.*?)</loc>", xml)
    records = {
        "carriers/cmhk/",
        "carriers/cmhk/lost/",
        "general/online/",
        "topics/esim/",
        "devices/iphone-13/",
        "questions/loss/",
        "codes/hsbc/",
    }
    assert records <= set(pages)
    assert "topics/draft/" not in pages
    assert "questions/phone/" not in pages
    assert pages.count("questions/loss/") == 1
    assert len(re.findall(r'hreflang="zh-[Hh]ant(-HK)?"', xml)) == len(pages) * 2
