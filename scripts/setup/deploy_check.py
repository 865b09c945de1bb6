"""`make check-deploy`: the production files, as far as a machine without Docker can try them.

The compose file is read by docker-compose; nginx.conf by nginx; config/odoo.conf runs with two
workers behind that nginx, and a browser's first steps are taken through TLS.
"""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from . import apt, databases, odoo_run, odoo_tree, paths, preflight, processes
from .console import SetupError, say, step

NAME = "gendan_deploy"
TOOLS = paths.STATE / "tools"
HOME = paths.TMP / "deploy"
TEMP_PATHS = ("client_body", "proxy", "fastcgi", "scgi", "uwsgi")


def run(server):
    """Check everything; a problem raises."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    with step("docker-compose.yml"):
        _check_compose()
    known = databases.Databases(server)
    known.copy(known.ensure_ready(), NAME)
    ports = [preflight.free_port() for _ in range(4)]
    _set_addresses(server, ports[2])
    conf = _write_nginx_conf(*ports)
    with step("deploy/nginx.conf"):
        processes.run([*_nginx(conf), "-t"], "nginx-test", "deploy/nginx.conf")
    with step("config/odoo.conf with two workers behind nginx"):
        _try_out(server, conf, *ports)
    known.drop(NAME)
    say("  /web/login over TLS, redirect from http, /websocket upgraded, database manager closed,")
    say("  a print with its style sheets")


def _set_addresses(server, web):
    """Do as deploy/first-install.sh does, with this machine's port."""
    conf = odoo_run.write_conf("deploy-shell", server, NAME, port=web)
    odoo_run.shell(conf, server, "addresses.py", GENDAN_REPORT_URL=f"http://127.0.0.1:{web}")


def _check_compose():
    """Let docker-compose read the file with the example settings."""
    processes.run(
        [*_compose(), "--project-directory", paths.ROOT, "-f", paths.ROOT / "docker-compose.yml",
         "--env-file", paths.ROOT / ".env.example", "config", "-q"],
        "compose",
        "docker-compose.yml",
    )  # fmt: skip


def _compose():
    """Return the command of docker-compose: the machine's, else Debian's, unpacked."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if processes.output([*command, "version"]):
            return command
    binary = TOOLS / "usr/libexec/docker/cli-plugins/docker-compose"
    if not binary.exists():
        apt.unpack(apt.download(["docker-compose/sid"]), TOOLS)
    return [binary]


def _nginx(conf):
    """Return the command of nginx with a configuration: the machine's, else Debian's, unpacked."""
    binary = shutil.which("nginx") or TOOLS / "usr/sbin/nginx"
    if not os.path.exists(binary):
        apt.unpack(apt.download(["nginx/bookworm", "nginx-common/bookworm"]), TOOLS)
    return [binary, "-p", HOME, "-e", HOME / "error.log", "-c", conf, "-g",
            f"daemon off; pid {HOME}/pid; {'user root;' if os.geteuid() == 0 else ''}"]  # fmt: skip


def _write_nginx_conf(http, https, web, websocket):
    """Write nginx.conf as it is, with this machine's names, ports and folders."""
    _write_certificate()
    temp = "".join(f"\n    {name}_temp_path {HOME}/{name};" for name in TEMP_PATHS)
    mime = "/etc/nginx/mime.types"
    text = (paths.DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{https} ssl;"),
        ("server odoo:8069;", f"server 127.0.0.1:{web};"),
        ("server odoo:8072;", f"server 127.0.0.1:{websocket};"),
        ("/etc/nginx/certs", str(HOME)),
        (mime, mime if os.path.exists(mime) else f"{TOOLS}{mime}"),
        ("http {", f"http {{\n    access_log off;{temp}"),
    ):
        if old not in text:
            raise SetupError(f"deploy/nginx.conf has no `{old}`, which this check replaces")
        text = text.replace(old, new)
    conf = HOME / "nginx.conf"
    conf.write_text(text)
    return conf


def _write_certificate():
    processes.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", HOME / "server.key", "-out", HOME / "server.crt"],
        "openssl",
        "making a certificate",
    )  # fmt: skip


def _try_out(server, nginx_conf, http, https, web, websocket):
    """Start both servers, take a browser's first steps, stop both."""
    folders = ",".join(map(str, [*odoo_tree.addons_paths(), paths.OCA, paths.ADDONS]))
    odoo = [
        paths.VENV_BIN / "odoo", "server", "-c", paths.ROOT / "config/odoo.conf",
        "-d", NAME, "--db-filter", f"^{NAME}$", "--workers", "2", "--addons-path", folders,
        "--data-dir", paths.DATA, "--http-interface", "127.0.0.1",
        "--http-port", str(web), "--gevent-port", str(websocket),
    ]  # fmt: skip
    children = [_start("prefork", odoo, server), _start("nginx", _nginx(nginx_conf), server)]
    try:
        _wait(children, f"http://127.0.0.1:{web}/web/health")
        _expect(f"https://127.0.0.1:{https}/web/login", 200)
        _expect(f"https://127.0.0.1:{https}/web/database/manager", 404)
        _expect(f"http://127.0.0.1:{http}/web/login", 301)
        _expect_websocket(https)
        _expect_styled_print(f"https://localhost:{https}")
    finally:
        for child in children:
            _stop(child)


def _start(name, command, server):
    with (paths.LOG / f"deploy-{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(part) for part in command],
            env=odoo_run.environment(server),
            cwd=HOME,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _stop(child):
    """Stop a server and its workers."""
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _wait(children, url):
    end = time.monotonic() + 120
    while time.monotonic() < end and all(child.poll() is None for child in children):
        if _status(url) == 200:
            return
        time.sleep(0.3)
    raise SetupError("the servers do not start (logs: .odoo/log/deploy-*.log)")


def _expect(url, status):
    found = _status(url)
    if found != status:
        raise SetupError(f"{url} answers {found} instead of {status} (logs: .odoo/log/deploy-*)")


def _expect_styled_print(base):
    """Log in as administrator and print something: wkhtmltopdf must get its style sheets.

    Logging in makes `base` the address of the database, as it would be for a factory: one that
    the server itself cannot be asked at, for its certificate is not trusted.
    """
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=_trusting()),
        urllib.request.HTTPCookieProcessor(),
    )  # fmt: skip
    page = opener.open(f"{base}/web/login", timeout=60).read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"login": "admin", "password": "admin", "csrf_token": token}
    opener.open(f"{base}/web/login", urllib.parse.urlencode(form).encode(), timeout=120).read()
    content = opener.open(f"{base}/report/pdf/base.report_irmodulereference/1", timeout=120).read()
    log = (paths.LOG / "deploy-prefork.log").read_text()
    asked = re.search(r"GET /web/assets/\S+report_assets\S+ ", log)
    if not content.startswith(b"%PDF") or not asked:
        raise SetupError("a print has no style sheet: see report.url (log: .odoo/log/deploy-*)")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        """Let the 301 be seen."""
        return None


def _status(url):
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=_trusting()),
        _NoRedirect,
    )
    try:
        return opener.open(url, timeout=60).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def _trusting():
    """Accept the certificate made a moment ago."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _expect_websocket(port):
    """Upgrade a connection, as soon as the gevent process, which starts last, is there."""
    end = time.monotonic() + 30
    while " 101 " not in (answer := _upgrade(port)):
        if time.monotonic() > end:
            raise SetupError(f"/websocket answers {answer!r}, not 101 (logs: .odoo/log/deploy-*)")
        time.sleep(0.5)


def _upgrade(port):
    """Ask for a websocket as the web client does; return the first line of the answer."""
    request = (
        f"GET /websocket HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    )
    with (
        socket.create_connection(("127.0.0.1", port), timeout=30) as plain,
        _trusting().wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        secure.sendall(request.encode())
        return secure.recv(200).decode(errors="replace").partition("\r\n")[0]
