"""What is checked before anything is downloaded."""

import shutil
import socket

from . import paths
from .console import SetupError

NEEDED_GB = 3


def require_space():
    """Refuse a first start on a disk that will not hold it."""
    free = shutil.disk_usage(paths.ROOT).free / 1e9
    if free < NEEDED_GB:
        raise SetupError(
            f"only {free:.1f} GB are free on the disk of this folder, {NEEDED_GB} GB are needed: "
            "free some space or clone the project to another disk"
        )


def port_is_free(port, host="127.0.0.1"):
    """Tell whether a server could listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def require_port(port, host):
    """Refuse what is no port, or one that another program uses; return it as a number."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise SetupError(f"PORT={port} is no port: choose a number from 1024 to 65535")
    port = int(port)
    if not port_is_free(port, host):
        raise SetupError(
            f"port {port} is taken (perhaps by another `make demo`): stop that program, "
            f"or use another port: make demo PORT={port + 1}"
        )
    return port


def free_port():
    """Return a port nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
