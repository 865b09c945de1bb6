"""A pytest plugin: several runs beside each other share the files of tests out among themselves.

Each run has a database of its own and collects every test; before it runs the tests of a file it
claims the file by creating a folder, which exactly one of them can. So no run is idle while
another one still has files to do, however long the single files take. The first run begins with
the browser's tests and the others end with them: two browsers at once make each other slow.
"""

import os
from itertools import groupby
from pathlib import Path

import pytest

from .tests import CLAIMS, RUN


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Run the tests of every file that this run is the first to claim."""
    claims = os.environ.get(CLAIMS)
    if not claims:
        return None
    if session.testsfailed and not session.config.option.continue_on_collection_errors:
        raise session.Interrupted(f"{session.testsfailed} errors while collecting")
    mine = claimed(session, Path(claims), os.environ[RUN] == "0")
    item = next(mine, None)
    while item:
        following = next(mine, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def claimed(session, claims, is_first):
    """Yield the tests of the files that this run is the first to claim, a file at a time."""
    files = [(path, list(items)) for path, items in groupby(session.items, lambda item: item.path)]
    files.sort(key=lambda file: ("tour" in file[0].name) != is_first)
    for path, items in files:
        if _claim(claims / "-".join(path.parts[-3:])):
            yield from items


def _claim(folder):
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True
