"""How programs are run here, and what they and all their processes take."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

# As with users, whose Python keeps what it has compiled.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def run(command: Sequence[str | Path]) -> tuple[float, float, float]:
    """Run a program: seconds, CPU seconds, MiB of its largest process.

    Workers count, also those that the program did not start itself (on Linux: they become children
    of this process when their own parent has gone).
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(errors.decode())
    cpu, largest = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
    with contextlib.suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-1, 0)
            cpu += usage.ru_utime + usage.ru_stime
            largest = max(largest, usage.ru_maxrss)
    unit = 1 << 20 if sys.platform == "darwin" else 1024
    return wall, cpu, largest / unit
