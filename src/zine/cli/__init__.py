"""The command line: the only package that prints."""

from __future__ import annotations

import gc
import os
import sys

_SELDOM = (100_000, 50, 50)
"""Of the collector, whose first wish is 700: little of a run is garbage, and all of it is kept."""


def main() -> None:
    """Run the command that the arguments name; ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A title in a script that the terminal does not know must not stop a build.
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(*_SELDOM)
    try:
        if sys.argv[1:2] == ["build"]:
            from zine.cli.again import told_again

            if told_again(sys.argv[2:]):
                _end(0)
        from zine.cli.app import app

        app(prog_name="zine")
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(code: int) -> None:
    """End the process at once: all is written, and taking it apart takes a tenth of a second."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads; Python tells the shell so
        sys.exit(code)
    os._exit(code)
