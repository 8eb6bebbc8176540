"""docs/roles.md says who may do what; here it is held against every page of the admin."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver

from esimguide.models import Procedure, Role, Status
from tests.admin.form import enter
from tests.admin.test_base import MAKERS, PARTS, UNWRITTEN

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
PILLARS = ("capability", "situation")
TABLES = ("carrier", "device", "fact", "service", "source", "term")
GROUPS: dict[str, tuple[str, ...]] = {
    "texts": tuple(name for name in MAKERS if name not in {*PILLARS, "redirect"}),
    "pillars": PILLARS,
    "rows": tuple(PARTS),
    "searches": ("zeroresultsearch", "vote"),
    "messages": ("inquiry", "report"),
    "addresses": ("redirect",),
    "moves": ("procedure",),
    "tables": TABLES,
    "accounts": ("user",),
    "groups": ("group",),
}
# Each page by the end of its address and how it is asked for; {pk} is the record, {version} its
# first version.
PAGES = {
    "list": ("get", ""),
    "look": ("get", "{pk}/change/"),
    "history": ("get", "{pk}/history/"),
    "version": ("get", "{pk}/history/{version}/"),
    "uses": ("get", "{pk}/uses/"),
    "add": ("post", "add/"),
    "change": ("post", "{pk}/change/"),
    "restore": ("post", "{pk}/history/{version}/"),
    "delete": ("post", "{pk}/delete/"),
    "export": ("get", "export/"),
    "import": ("post", "import/"),
    "compare": ("get", "{pk}/compare/"),
    "whole": ("post", "{pk}/restore/"),
    "publish": ("get", "{pk}/publish/"),
    **{m: ("post", f"{{pk}}/{m}/") for m in ("start", "discard", "approve", "withdraw")},
}
ALONE = {"desk": "/admin/", "queue": "/admin/check/", "recovery": "/admin/recovery/"}
# What every page of Django's own admin shares, and what opens before anybody is known.
OPEN = {"login", "logout", "code", "enrol", "password_change", "password_change_done", "jsi18n"}
BESIDES = {"autocomplete", "view_on_site", "app_list", "desk_section", "desk_csv", "check_fact"}
SUFFIXES = {
    "list": "changelist",
    "look": "change",
    "history": "history",
    "version": "simple_history",
    "uses": "uses",
    "add": "add",
    "delete": "delete",
    "export": "export",
    "import": "import",
    **{m: m for m in ("compare", "publish", "start", "discard", "approve", "withdraw")},
    "whole": "restore",
}

type Table = dict[str, dict[str, bool]]


def tables() -> list[Table]:
    """Return the tables of the document: what each column's role may do, by row."""
    found: list[Table] = []
    columns: list[str] = []
    for line in DOCUMENT.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or set(line) <= set("|-"):
            continue
        if cells[0] in {"page", "permission"}:
            columns, _ = cells[1:], found.append({})
        else:
            said = [{"yes": True, "no": False}[cell] for cell in cells[1:]]
            found[-1][cells[0]] = dict(zip(columns, said, strict=True))
    return found


def written() -> Table:
    """Return the first table, a row for each group and page."""
    rows: Table = {}
    for name, said in tables()[0].items():
        group, _, pages = name.partition(": ")
        for page in pages.split(", ") if pages else [""]:
            rows[f"{group} {page}".strip()] = said
    return rows


@pytest.fixture
def clients(db: None) -> dict[str, Client]:
    """Return a signed-in client for each role, and for staff without any."""
    call_command("load_roles", verbosity=0)
    found = {}
    for name in ("nobody", *Role.values):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.set(Group.objects.filter(name=name))
        found[name] = enter(Client(), user)
    return found


def make(name: str) -> Model:
    if name == "user":
        return User.objects.create_user("somebody")
    if name == "group":
        return Group.objects.create(name="some")
    return (MAKERS | PARTS | UNWRITTEN)[name]()


def may(client: Client, how: str, address: str) -> bool:
    """Ask for a page; tell whether the answer is anything but a refusal."""
    status = getattr(client, how)(address).status_code
    assert status < 500
    return bool(status != 403)


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_of_every_subject_is_as_written(clients: dict[str, Client], group: str) -> None:
    rows = {row: said for row, said in written().items() if row.startswith(f"{group} ")}
    assert rows != {}
    for name in GROUPS[group]:
        record = make(name)
        if group == "texts":  # a published procedure is changed in a working copy
            Procedure.objects.update(status=Status.DRAFT)
        history = getattr(record, "history", None)
        version = history.latest().pk if history else 0
        app = "auth" if group in {"accounts", "groups"} else "esimguide"
        for row, said in rows.items():
            how, end = PAGES[row.split()[1]]
            address = f"/admin/{app}/{name}/{end.format(pk=record.pk, version=version)}"
            found = {role: may(client, how, address) for role, client in clients.items()}
            assert (row, name, found) == (row, name, said)


@pytest.mark.parametrize("page", ALONE)
def test_every_page_by_itself_is_as_written(clients: dict[str, Client], page: str) -> None:
    found = {role: may(client, "get", ALONE[page]) for role, client in clients.items()}
    assert found == written()[page]


def test_every_permission_of_the_workflow_is_as_written(clients: dict[str, Client]) -> None:
    for permission, said in tables()[1].items():
        users = {role: User.objects.get(username=role) for role in said}
        assert {role: user.has_perm(permission) for role, user in users.items()} == said


def test_an_action_asks_for_what_it_does(clients: dict[str, Client]) -> None:
    fact = MAKERS["fact"]()
    page = "/admin/esimguide/fact/"
    offered = {
        role: set(re.findall(r'<option value="(\w+)"', clients[role].get(page).content.decode()))
        for role in Role.values
    }
    both = {"mark_checked", "delete_selected"}
    expected = {"writer": {"mark_checked"}, "reviewer": {"mark_checked"}}
    expected |= {"publisher": both, "administrator": both}
    assert offered == expected
    data = {"action": "delete_selected", "_selected_action": fact.pk, "post": "yes"}
    clients["writer"].post(page, data)
    fact.refresh_from_db()


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Return the name of every address of the admin."""
    found: set[str] = set()
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        found |= names(inner) if inner is not None else {str(pattern.name)}
    return found - {"None"}


def test_no_address_of_the_admin_is_left_out() -> None:
    pages = {row for row in written() if " " in row}
    covered = {
        f"{'auth' if group in {'accounts', 'groups'} else 'esimguide'}_{name}_{SUFFIXES[page]}"
        for group, subjects in GROUPS.items()
        for name in subjects
        for page in SUFFIXES
        if f"{group} {page}" in pages or group in {"accounts", "groups"}
    }
    alone = {"index", "check", "recovery", *(f"esimguide_{n}_history" for n in UNWRITTEN)}
    # The waiting tasks are for superusers alone.
    every = {n for n in names(admin.site.get_urls()) if not n.startswith("django_tasks_")}
    assert every - covered - alone - OPEN - BESIDES == {"auth_user_password_change"}
