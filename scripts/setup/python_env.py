"""The virtual environment: created with venv, filled by uv from the lock files."""

import os
import shutil
import sys
from pathlib import Path

from . import odoo_tree, paths, processes, stamps
from .console import SetupError, step

UV = "uv==0.13.9"
RUNTIME = paths.ROOT / "requirements.txt"
DEVELOPMENT = paths.ROOT / "requirements-dev.txt"
# The machine's list knows the certificate of a company's proxy; uv's own list does not.
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# A start script of our own: `python -m odoo` would put the project folder on the import path.
ODOO_COMMAND = """#!{python}
import odoo.cli

odoo.cli.main()
"""


def ensure(development=False):
    """Have the interpreter with everything Odoo needs, and on demand the test tools."""
    version = ".".join(map(str, sys.version_info[:3]))
    runtime = stamps.digest(version, RUNTIME, UV, paths.VENV)
    if not (stamps.is_done("venv", runtime) and paths.VENV_PYTHON.exists()):
        with step(f"Python {version} packages"):
            _create()
            _install(RUNTIME)
        stamps.forget("venv-dev")
        stamps.mark_done("venv", runtime)
    if development:
        _ensure_development(stamps.digest(runtime, DEVELOPMENT))
    _link_odoo()


def _ensure_development(key):
    """Add the tools for tests and lint."""
    if not stamps.is_done("venv-dev", key):
        with step("test and lint tools"):
            _install(DEVELOPMENT)
        stamps.mark_done("venv-dev", key)


def _create():
    """Create the environment afresh and put uv in it."""
    stamps.forget("venv")
    shutil.rmtree(paths.VENV, ignore_errors=True)
    try:
        processes.run([sys.executable, "-m", "venv", paths.VENV], "venv", "creating the venv")
    except SetupError as error:
        if "ensurepip" in (paths.LOG / "venv.log").read_text():
            raise SetupError(
                "this Python cannot make virtual environments: as root run "
                "`apt-get install python3-venv`, then the same command again"
            ) from error
        raise
    pip("install", UV, what="installing uv")


def _install(lock):
    """Install a lock file."""
    processes.run(
        # The lock is complete; resolving again would bring back what it leaves out.
        [paths.VENV_BIN / "uv", "pip", "install", "--no-deps", "--python", paths.VENV_PYTHON,
         "-r", lock],
        lock.stem,
        f"installing {lock.name}",
        env=_uv_env(),
    )  # fmt: skip


def lock():
    """Write the lock files anew; a marker says where a Python needs another version."""
    for target in (RUNTIME, DEVELOPMENT):
        with step(target.name):
            processes.run(
                [paths.VENV_BIN / "uv", "pip", "compile", "--universal", "--python-version", "3.10",
                 "--no-annotate", "--override", paths.ROOT / "requirements-override.txt",
                 "--custom-compile-command", "make lock", target.with_suffix(".in").name,
                 "-o", target.name],
                "lock",
                f"locking {target.name}",
                env=_uv_env(),
                cwd=paths.ROOT,
            )  # fmt: skip


def _uv_env():
    """Keep uv's cache in our folder, and let it use the index and certificates pip uses."""
    env = {"UV_CACHE_DIR": str(paths.CACHE / "uv"), "UV_NO_PROGRESS": "1"}
    if CERTIFICATES.exists():
        env["UV_SYSTEM_CERTS"] = "1"
    index = processes.output([paths.VENV_PYTHON, "-m", "pip", "config", "get", "global.index-url"])
    index = os.environ.get("PIP_INDEX_URL") or index.strip()
    if index and "UV_DEFAULT_INDEX" not in os.environ:
        env["UV_DEFAULT_INDEX"] = index
    return env


def pip(*arguments, what):
    """Run pip of the environment."""
    processes.run(
        [paths.VENV_PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments],
        "pip",
        what,
        env={"PIP_NO_CACHE_DIR": "1"},
    )


def _link_odoo():
    """Make `import odoo` and the command `odoo` work in the environment."""
    library = next(paths.VENV.glob("lib/python3.*/site-packages"))
    _write(library / "gendan-odoo.pth", f"{odoo_tree.import_path()}\n")
    command = paths.VENV_BIN / "odoo"
    _write(command, ODOO_COMMAND.format(python=paths.VENV_PYTHON))
    command.chmod(0o755)


def _write(path, text):
    """Write a file unless it says so already."""
    if not path.is_file() or path.read_text() != text:
        path.write_text(text)
