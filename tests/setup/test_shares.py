"""Runs beside each other share the files of tests out: each file to exactly one of them."""

from collections import Counter
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace

from setup import shares


def session(*files):
    """Return a session that has collected two tests of each file."""
    return SimpleNamespace(items=[
        SimpleNamespace(path=Path(name), name=f"{name}::{number}")
        for name in files for number in (1, 2)
    ])  # fmt: skip


def test_every_test_runs_once_and_a_file_in_one_run(tmp_path):
    collected = session("test_a.py", "test_b.py", "test_tour_c.py", "test_d.py")
    runs = [shares.claimed(collected, tmp_path, is_first) for is_first in (True, False)]
    taken = [(run, item) for pair in zip_longest(*runs) for run, item in enumerate(pair) if item]
    assert Counter(item.name for _run, item in taken) == Counter(
        item.name for item in collected.items)
    for file in {item.path for item in collected.items}:
        assert len({run for run, item in taken if item.path == file}) == 1
    assert {run for run, _item in taken} == {0, 1}


def test_the_first_run_begins_with_the_browser_the_others_end_with_it(tmp_path):
    for is_first, expected in ((True, ["test_tour_b.py", "test_a.py"]),
                               (False, ["test_a.py", "test_tour_b.py"])):
        claims = tmp_path / str(is_first)
        claims.mkdir()
        collected = session("test_a.py", "test_tour_b.py")
        names = [item.path.name for item in shares.claimed(collected, claims, is_first)]
        assert names[::2] == expected
