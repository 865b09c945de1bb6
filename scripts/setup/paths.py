"""Where everything lies. All that is generated is below one ignored folder."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
SCRIPTS = ROOT / "scripts"
INSIDE = SCRIPTS / "inside"
TESTS = ROOT / "tests"
DEPLOY = ROOT / "deploy"

STATE = ROOT / ".odoo"
CACHE = STATE / "cache"
CONF = STATE / "conf"
DATA = STATE / "data"
FONTS = STATE / "fonts"
LOG = STATE / "log"
OCA = STATE / "oca"
ODOO = STATE / "odoo"
STAMPS = STATE / "stamps"
TMP = STATE / "tmp"
VENV = STATE / "venv"
WKHTMLTOX = STATE / "wkhtmltox"

VENV_BIN = VENV / "bin"
VENV_PYTHON = VENV_BIN / "python"
