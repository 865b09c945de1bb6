"""Running other programs with their output in a log and a readable failure."""

import os
import re
import subprocess

from . import paths
from .console import SetupError

# How apt, pip and uv say that they could not reach the network.
OFFLINE = re.compile(
    r"temporary failure|could not resolve|couldn't resolve|name resolution|failed to lookup"
    r"|network is unreachable|connection timed out|connection refused|could not connect"
    r"|failed to establish a new connection|error sending request|no route to host|dns error",
    re.IGNORECASE,
)
EXCEPTION = re.compile(
    r"(?:[a-z_]+\.)*[A-Z]\w*(?:Error|Exception|Violation|Fatal)\w*: |E: |error: "
)
UNTRUSTED = re.compile(r"UnknownIssuer|certificate verify failed|certificate is not trusted")
FULL = re.compile(r"no space left on device|disk quota exceeded", re.IGNORECASE)


def run(command, log, what, env=None, **options):
    """Run a command with its output in a log file; raise a SetupError when it fails."""
    paths.LOG.mkdir(parents=True, exist_ok=True)
    logfile = paths.LOG / f"{log}.log"
    with logfile.open("wb") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            env={**os.environ, **(env or {})},
            check=False,
            **options,
        )
    text = logfile.read_text(errors="replace")
    if done.returncode:
        raise SetupError(explain(what, text, logfile))
    return text


def explain(what, text, logfile):
    """Turn the output of a failed program into one line that says what to do."""
    where = f"log: {logfile.relative_to(paths.ROOT)}"
    if FULL.search(text):
        return f"{what}: the disk is full. Free some space and run the same command again ({where})"
    if UNTRUSTED.search(text):
        return (
            f"{what}: this machine does not trust the server's certificate. Install "
            f"ca-certificates, or your proxy's root certificate, and run again ({where})"
        )
    if OFFLINE.search(text):
        return (
            f"{what}: no network, which the first start needs. "
            f"Connect and run the same command again ({where})"
        )
    return f"{what} failed: {reason(text)} ({where})"


def reason(text):
    """Return the line that tells most: the last exception, else the last line."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    exceptions = [line for line in lines if EXCEPTION.match(line)]
    return (exceptions or lines or ["no output"])[-1].strip()


def output(command, **options):
    """Return what a command prints, or an empty text when it fails or does not exist."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            **options,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
