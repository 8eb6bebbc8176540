"""Rules of the templates that no linter knows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*.html") if "admin" not in p.parts)
CODE = [*(ROOT / "esimguide").rglob("*.py"), *TEMPLATES]
# Django finds these by their names alone.
FOUND_BY_NAME = {"400.html", "403.html", "404.html", "500.html"}

EVERY_TEMPLATE = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates"))
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def test_every_template_is_used() -> None:
    source = "".join(p.read_text("utf-8") for p in CODE)
    unused = [name(p) for p in TEMPLATES if f'"{name(p)}"' not in source]
    assert sorted(set(unused) - FOUND_BY_NAME) == []


@EVERY_TEMPLATE
def test_partial_is_named_after_its_element(path: Path) -> None:
    source = path.read_text("utf-8")
    for partial in re.findall(r"{% partialdef (\S+) inline %}", source):
        assert f'id="{partial}"' in source
    assert len(re.findall("partialdef ", source)) == 2 * len(re.findall(" inline %}", source))


@EVERY_TEMPLATE
def test_every_hx_get_stands_on_a_link_or_form_that_works_alone(path: Path) -> None:
    for tag in re.findall(r"<(\w+)((?:[^<>]|{{.*?}})*hx-get(?:[^<>]|{{.*?}})*)>", path.read_text()):
        element, attributes = tag
        own = {"a": "href", "form": "action"}[element]
        address = re.search(rf'\b{own}="([^"#]*)', attributes)
        asked = re.search(r'hx-get="([^"]*)"', attributes)
        assert address
        assert asked
        assert asked[1].endswith(address[1])


@EVERY_TEMPLATE
def test_no_inline_script_style_or_foreign_host(path: Path) -> None:
    source = path.read_text("utf-8")
    assert re.findall(r"<script>|<style|\sstyle=|\son\w+=|hx-on|hx-vals", source) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', source) == []


@EVERY_TEMPLATE
def test_words_pass_through_the_catalogue(path: Path) -> None:
    source = re.sub(r"繁體|简体", "", path.read_text("utf-8"))  # languages in their own names
    assert re.findall(r"[\u4e00-\u9fff]+", source) == []
