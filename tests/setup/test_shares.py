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
    collected = session("test_a.py", "test_b.py", "test_c.py", "test_d.py")
    runs = [shares.claimed(collected, tmp_path) for _run in range(2)]
    taken = [(run, item) for pair in zip_longest(*runs) for run, item in enumerate(pair) if item]
    assert Counter(item.name for _run, item in taken) == Counter(
        item.name for item in collected.items)
    for file in {item.path for item in collected.items}:
        assert len({run for run, item in taken if item.path == file}) == 1
    assert {run for run, _item in taken} == {0, 1}


def test_a_run_alone_has_them_all_tours_first(tmp_path):
    names = [item.name for item in shares.claimed(session("test_a.py", "test_tour_b.py"), tmp_path)]
    assert names == ["test_tour_b.py::1", "test_tour_b.py::2", "test_a.py::1", "test_a.py::2"]
