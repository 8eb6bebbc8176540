"""150 strings that mean harm, in every text an editor writes: none runs, none comes out raw."""

import re
from itertools import batched

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, Model, TextField
from django.test import Client
from django.urls import reverse

from esimguide.inline_assets import PARTS, script, styles, styles_of
from esimguide.models import Carrier, RateLimitCounter, Situation, State
from esimguide.models.fields import NormalizedCharField, NormalizedTextField
from esimguide.text.markdown import markdown
from tests.admin.form import enter
from tests.factories import (
    make_capability,
    make_carrier,
    make_change,
    make_channel,
    make_document,
    make_editor,
    make_fact,
    make_misconception,
    make_procedure,
    make_question,
    make_requirement,
    make_service,
    make_situation,
    make_source,
    make_step,
    make_term,
    make_topic,
    pair,
)
from tests.site.xss_strings import LINKS, STRINGS

pytestmark = pytest.mark.django_db
OWN_SCRIPTS = ("/static/", "/admin/jsi18n/")
AT_ONCE = 4  # strings in one text: as many as fit into a line of 200 characters
SAFE_HREF = re.compile(r"https?://(?!evil)|/(?![/\\])|#|\?|tel:|mailto:|$")


def test_there_are_enough_strings() -> None:
    assert len(set(STRINGS)) == len(STRINGS) >= 150


def everything() -> tuple[Carrier, list[Model]]:
    """Make one record of every subject, hung together so that every page shows what it can."""
    situation, capability = make_situation(), make_capability()
    carrier = make_carrier(slug="cmhk")
    procedure = make_procedure(carrier=carrier, slug="lost", situations=[situation])
    procedure.needs.add(capability)
    procedure.gains.add(capability)
    step = make_step(procedure=procedure)
    misconception = make_misconception()
    misconception.steps.add(step)
    topic = make_topic(slug="about")
    made = [
        *(situation, capability, carrier, procedure, step, misconception, topic),
        make_channel(carrier=carrier),
        make_requirement(procedure=procedure),
        make_question(procedure=procedure, document=make_document()),
        make_fact(
            carrier=carrier,
            state=State.CONFLICTING,
            other_source=make_source(),
            **pair("other_value", "HK$20", "HK$20"),
        ),
        make_change(carrier=carrier),
        *(make_service(), make_source(), make_term()),
    ]
    return carrier, made


def texts_of(model: type[Model]) -> list[Field]:
    """Return the columns that hold what somebody typed."""
    return [
        f
        for f in model._meta.get_fields()
        if isinstance(f, NormalizedCharField | NormalizedTextField)
    ]


def fill(model: type[Model], evil: tuple[str, ...]) -> None:
    """Put all of ``evil`` into every text of every record of ``model``, past all forms."""
    values = {}
    for field in texts_of(model):
        glue = "\n\n" if isinstance(field, NormalizedTextField) else " "
        values[field.name] = glue.join(evil)[: field.max_length]
    if "value" in values and model.__name__ == "Channel":
        values["value"] = values["value"].replace(":", "")  # the database refuses a colon
    if values:
        model.objects.update(**values)


def dangers(html: bytes) -> list[str]:
    """Return every element of the page that could run something or lead to another scheme."""
    found = []
    for tag in BeautifulSoup(html, "html.parser").select("*"):
        odd = [name for name in tag.attrs if name.lower().startswith("on") or name == "style"]
        leads = [str(tag[n]) for n in ("href", "src", "action", "formaction") if tag.has_attr(n)]
        odd += [to for to in leads if not SAFE_HREF.match(to) and not to.startswith("data:image")]
        if tag.name in {"iframe", "object", "embed", "base", "marquee", "style", "math"}:
            is_own = tag.text in {styles(), *map(styles_of, PARTS)}  # known by their hash
            odd += [] if is_own else [tag.name]
        if tag.name == "script" and not str(tag.get("src", "")).startswith(OWN_SCRIPTS):
            odd += (
                [] if tag.text == script() or tag.get("type") == "application/json" else [tag.text]
            )
        if odd:
            found.append(f"{tag.name}: {odd}")
    return found


def test_no_string_comes_out_raw(client: Client) -> None:
    carrier, made = everything()
    own = f"{carrier.get_absolute_url()}lost/"
    public = [
        *("/zh-hant/", "/zh-hans/", "/zh-hant/first-ten-minutes/", "/zh-hant/codes/"),
        *("/zh-hant/glossary/", "/zh-hans/questions/replacing/", "/zh-hant/misconceptions/"),
        *("/zh-hant/documents/", "/zh-hans/changes/", "/zh-hant/topics/about/"),
        *("/zh-hant/carriers/", carrier.get_absolute_url(), own, f"{own}?step=1"),
        *(f"{own}{s}/" for s in ("checklist", "counter-sheet", "helper", "call-script")),
        f"/zh-hant/answer/?carrier=cmhk&place=mainland&situation={Situation.objects.get().slug}",
    ]
    enter(client, make_editor())
    desk = []
    for record in made:
        if f"admin:esimguide_{record._meta.model_name}_changelist" in _admin_names():
            base = reverse(f"admin:esimguide_{record._meta.model_name}_changelist")
            desk += [base, f"{base}{record.pk}/change/", f"{base}{record.pk}/history/"]
    wrong = []
    models = {type(record) for record in made}
    for number, evil in enumerate(batched(STRINGS, AT_ONCE, strict=False)):
        for model in models:
            fill(model, evil)
        # Every string meets every public page; the editors' pages, which are many, take turns.
        for address in (*public, *desk[number % 4 :: 4]):
            response = client.get(address)
            assert response.status_code == 200, (evil, address)
            wrong += [(evil, address, d) for d in dangers(response.content)]
    assert wrong == []


def _admin_names() -> set[str]:
    every = apps.get_app_config("esimguide").get_models()
    parts = {"Step", "Requirement"}
    kept = (m for m in every if m is not RateLimitCounter and m.__name__ not in parts)
    return {f"admin:esimguide_{m._meta.model_name}_changelist" for m in kept}


def test_every_text_an_editor_writes_is_normalised() -> None:
    plain = []
    models = apps.get_app_config("esimguide").get_models()
    for model in (m for m in models if hasattr(m._meta, "simple_history_manager_attribute")):
        for field in model._meta.get_fields():
            is_text = isinstance(field, CharField | TextField) and not field.choices
            is_text = is_text and field.editable
            is_code = getattr(field, "primary_key", False) or type(field).__name__ in {
                *("SlugField", "URLField"),
            }
            is_own = isinstance(field, NormalizedCharField | NormalizedTextField)
            if is_text and not is_code and not is_own and not model.__name__.startswith("Hist"):
                plain.append(f"{model.__name__}.{field.name}")
    assert plain == []


@pytest.mark.parametrize("link", LINKS)
def test_markdown_makes_no_link_of_an_odd_address(link: str) -> None:
    leads = re.findall(r'href="([^"]*)"', str(markdown(link)))
    assert [to for to in leads if not re.match(r"/[^/\\]", to)] == []


@pytest.mark.parametrize(
    "address",
    ["https://a.example/b?c=d#e", "mailto:a@b.example", "tel:+85229458888", "/zh-hant/", "#top"],
)
def test_markdown_keeps_ordinary_links(address: str) -> None:
    assert f'href="{address}"' in markdown(f"[x]({address})")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_forms_refuse_an_address_of_another_scheme(address: str) -> None:
    for record, name in ((make_channel(), "value"), (make_source(), "url")):
        setattr(record, name, address)
        if name == "value" and address.startswith("//"):
            assert record.href == ""
            continue
        with pytest.raises(ValidationError):
            record.full_clean()
