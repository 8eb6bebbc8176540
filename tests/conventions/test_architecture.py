"""ARCHITECTURE.md: its layers are those that import-linter enforces."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

type Layers = list[set[str]]


def parse(lines: list[str]) -> Layers:
    """Return the modules of each layer; within one their order says nothing."""
    return [{name.strip() for name in line.split("|")} for line in lines]


def written() -> Layers:
    """Return the layers as the indented block of the document has them."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    chapter = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    assert chapter.startswith("Layers")
    return parse(re.findall(r"^    (\S.*)$", chapter, re.MULTILINE))


def enforced() -> Layers:
    """Return the layers of the contract."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (contract,) = (contract for contract in contracts if contract["type"] == "layers")
    return parse(contract["layers"])


def test_the_layers_are_the_enforced_ones() -> None:
    assert written() == enforced()
