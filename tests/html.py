"""Reads answers the way a person does: parsed HTML, visible words, links."""

import re

from bs4 import BeautifulSoup
from django.http import HttpResponse


def soup(response: HttpResponse) -> BeautifulSoup:
    """Return the parsed page of ``response``."""
    return BeautifulSoup(response.content, "html.parser")


def words(element: object) -> str:
    """Return the visible text of an element, white space folded."""
    return re.sub(r"\s+", " ", getattr(element, "text", "")).strip()


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    """Return the visible text of every element that ``selector`` finds."""
    return [words(element) for element in page.select(selector)]


def links(page: BeautifulSoup, selector: str = "a[href]") -> list[str]:
    """Return where the links that ``selector`` finds lead."""
    return [str(element["href"]) for element in page.select(selector)]
