"""The faults of bench/faults that are short; bin/faults runs all of them, and longer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.faults import crash, flood, protocol, reload

SHORT: dict[str, Callable[[Path], str]] = {
    "smuggling": protocol.smuggling,
    "forged": protocol.forged,
    "malformed": lambda folder: protocol.malformed(folder, times=1600),
    "flood": lambda folder: flood.many_connections(folder, connections=100),
    "kill": lambda folder: crash.kill(folder, rounds=3),
    "reload": lambda folder: reload.reload_under_load(folder, times=2, pause=2),
}


@pytest.mark.parametrize("name", SHORT)
def test_the_guide_stands_it(name: str, tmp_path: Path) -> None:
    assert SHORT[name](tmp_path)
