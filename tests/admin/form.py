"""Fills in the admin's forms the way an editor does: open the page, change a few boxes, send."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import gettext, override
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.html import soup, texts, words


def enter(client: Client, user: User) -> Client:
    """Sign ``user`` in as somebody who has given their second factor; return the client."""
    client.force_login(user)
    device, _is_new = TOTPDevice.objects.get_or_create(user=user, name="test", confirmed=True)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def boxes(page: BeautifulSoup) -> dict[str, list[str]]:
    """Return what the page's own form would send as it stands."""
    values: dict[str, list[str]] = {}
    for box in page.select("#content-main form :is(input, textarea, select)[name]"):
        name = str(box["name"])
        if "__prefix__" not in name and name != "action" and box.get("type") != "submit":
            values.setdefault(name, []).extend(_sent(box))
    return values


def _sent(box: Tag) -> list[str]:
    if box.name == "select":
        return [str(option["value"]) for option in box.select("option[selected]")]
    if box.name == "textarea":
        return [box.text.removeprefix("\n")]
    if box.get("type") == "checkbox":
        return [str(box.get("value", "on"))] if box.has_attr("checked") else []
    return [str(box.get("value", ""))]


def send(client: Client, address: str, **changes: Any) -> HttpResponse:
    """Open ``address``, change boxes (``prefix__0__name`` means ``prefix-0-name``), send it."""
    values = boxes(soup(client.get(address)))
    values |= {name.replace("__", "-"): value for name, value in changes.items()}
    values.pop("_selected_action", None)
    return client.post(address, values)


def add_row(prefix: str, number: int, **fields: Any) -> dict[str, Any]:
    """Return the changes that fill in the empty row ``number`` of an inline."""
    return {f"{prefix}__{number}__{name}": value for name, value in fields.items()}


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """Return every error of the page by the row it stands in (``""``: above the form)."""
    found: dict[str, list[str]] = {}
    for box in soup(response).select(".errorlist"):
        row = box.find_parent(class_="fieldBox") or box.find_parent(class_="form-row")
        classes = row.get("class", []) if row else []
        names = [c.removeprefix("field-") for c in classes if c.startswith("field-")]
        found.setdefault(names[0] if names else "", []).extend(texts(box, "li"))
    return found


def rows(client: Client, address: str) -> list[list[str]]:
    """Return the cells of a list page, row by row, without the tick box."""
    page = soup(client.get(address))
    lines = page.select("#result_list tbody tr")
    return [[words(cell) for cell in line.select("td, th")[1:]] for line in lines]


def said(message: str) -> str:
    """Return how the admin says ``message`` in Traditional, whatever the catalogue holds today."""
    with override("zh-hant"):
        return gettext(message)


def notices(response: HttpResponse) -> list[str]:
    """Return the messages above the page that ``response`` leads to."""
    return texts(soup(response), ".messagelist li")
