"""The parts of the set-up that decide something, without a network or a server."""

import socket

import pytest
from setup import apt, console, demo, odoo_run, paths, postgres, preflight, processes, stamps


def test_mirror_is_debians_main_archive():
    targets = (
        "http://mirror/debian-security/ bookworm-security main\n"
        "http://mirror/other/ focal main\n"
        "http://mirror/debian/ bookworm main\n"
    )
    assert apt.pick_mirror(targets) == "http://mirror/debian/"


def test_no_mirror_on_another_distribution():
    assert apt.pick_mirror("http://mirror/ubuntu/ noble main\n") is None


def test_given_mirror_wins(monkeypatch):
    monkeypatch.setenv("DEBIAN_MIRROR", "http://given/debian")
    assert apt.find_mirror() == "http://given/debian"


def test_digest_sees_names_and_contents(tmp_path):
    (tmp_path / "a.py").write_text("1")
    first = stamps.tree_digest(tmp_path)
    (tmp_path / "a.py").write_text("2")
    changed = stamps.tree_digest(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, changed, stamps.tree_digest(tmp_path)}) == 3


def test_digest_leaves_skipped_folders_out(tmp_path):
    first = stamps.tree_digest(tmp_path, skip=("tests",))
    (tmp_path / "x/tests").mkdir(parents=True)
    (tmp_path / "x/tests/test_a.py").write_text("1")
    assert stamps.tree_digest(tmp_path, skip=("tests",)) == first


def test_stamp_counts_for_the_same_inputs_only(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "STAMPS", tmp_path / "stamps")
    stamps.mark_done("step", "one")
    assert stamps.is_done("step", "one")
    assert not stamps.is_done("step", "two")
    stamps.forget("step")
    assert not stamps.is_done("step", "one")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E: Temporary failure resolving 'mirror'", "no network"),
        ("error sending request: invalid peer certificate: UnknownIssuer", "certificate"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("INFO x\nKeyError: 'a'\nValueError: 'b' is missing\nINFO closed", "ValueError: 'b'"),
        ("odoo.tools.convert.ParseError: while parsing x.xml\nINFO closed", "while parsing"),
        ("", "no output"),
    ],
)
def test_failure_names_its_reason(text, expected):
    line = processes.explain("installing", text, paths.LOG / "x.log")
    assert expected in line
    assert "\n" not in line
    assert ".odoo/log/x.log" in line


def test_newest_server_wins_and_old_ones_are_left_out(tmp_path):
    folders = [tmp_path / version / "bin" for version in ("9.6", "12", "15", "17")]
    assert postgres.newest(folders) == folders[-1]
    assert postgres.newest(folders[:2]) is None


def test_taken_port_is_refused_with_the_next_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(console.SetupError, match=f"port {port} is taken.*PORT={port + 1}"):
            preflight.require_port(str(port), "127.0.0.1")


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(console.SetupError, match="is no port"):
        preflight.require_port(port, "127.0.0.1")


def test_full_disk_is_refused(monkeypatch):
    monkeypatch.setattr(preflight, "NEEDED_GB", 10**9)
    with pytest.raises(console.SetupError, match="GB are needed"):
        preflight.require_space()


def test_configuration_is_private_and_names_one_database(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "CONF", tmp_path)
    conf = odoo_run.write_conf("x", {"PGHOST": "db", "PGPASSWORD": "secret"}, "gendan_x", port=1)
    assert conf.stat().st_mode & 0o077 == 0
    text = conf.read_text()
    assert "dbfilter = ^gendan_x$" in text
    assert "list_db = False" in text
    assert "db_port = 5432" in text


def test_logins_line_up_in_chinese(tmp_path, monkeypatch):
    logins = tmp_path / "logins.json"
    logins.write_text('[["跟单员", "wangfang", "王芳"]]')
    monkeypatch.setattr(demo, "LOGINS", logins)
    lines = demo.logins_table().splitlines()
    starts = {demo._width(line[: line.index(name)]) for line, name in zip(
        lines, ("姓名", "Administrator", "王芳"), strict=True)}  # fmt: skip
    assert len(starts) == 1
