"""Two guides on one PostgreSQL: an edit on one is live on the other, one may be killed."""

from pathlib import Path

from bench.faults import database


def test_an_edit_is_live_on_the_other_and_a_kill_loses_nothing(tmp_path: Path) -> None:
    assert database.two_servers(tmp_path)


def test_the_database_goes_away_and_comes_back(tmp_path: Path) -> None:
    assert database.away(tmp_path)
