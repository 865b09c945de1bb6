"""Odoo's own runner runs what `tests/__init__.py` imports; a file left out is never run by it."""

import ast

import pytest
from setup import paths

FOLDERS = sorted(path for path in paths.ADDONS.glob("*/tests") if path.is_dir())


def imported(package):
    """Return the names that the ``__init__.py`` of ``package`` imports from itself."""
    tree = ast.parse((package / "__init__.py").read_text())
    return {alias.name for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.level == 1 and not node.module
            for alias in node.names}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_test_file_is_imported(folder):
    files = {path.stem for path in folder.glob("test_*.py")}
    assert files
    assert files - imported(folder) == set()


def test_a_file_left_out_is_found(tmp_path):
    (tmp_path / "__init__.py").write_text("from . import (\n    test_one,\n    test_two,\n)\n")
    assert imported(tmp_path) == {"test_one", "test_two"}
