"""Runs one command and says what it cost: wall time, CPU time of its whole process tree, and peak resident memory."""

import os
import subprocess
import time
from dataclasses import dataclass, field

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class Command:
    arguments: list
    folder: str = "/"
    stdin: bytes = b""
    variables: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    peak_mib: float
    output: bytes = b""


class Failed(Exception):
    pass


def run(command, scratch):
    """Scratch is a folder for the command's standard streams: files, so that nobody has to empty pipes meanwhile."""
    paths = {name: os.path.join(scratch, name) for name in ("stdin", "stdout", "stderr")}
    with open(paths["stdin"], "wb") as payload:
        payload.write(command.stdin)
    with open(paths["stdin"], "rb") as stdin, open(paths["stdout"], "wb") as stdout, open(paths["stderr"], "wb") as stderr:
        started = time.monotonic()
        process = subprocess.Popen(
            command.arguments, cwd=command.folder, stdin=stdin, stdout=stdout, stderr=stderr, env=clean_environment() | command.variables)
        # wait4 gives what the process and all children that it waited for used.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(paths["stderr"], "rb") as stderr:
            raise Failed(f"{command.arguments[0]} ended with {process.returncode}: {stderr.read()[-2000:].decode(errors='replace')}")
    with open(paths["stdout"], "rb") as stdout:
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, stdout.read())


def clean_environment():
    """Only what programs need to start: no settings, no credentials."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "DOTNET_ROOT", "LANG") if name in os.environ}
