"""The command line: the only package that prints."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name; ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A title in a script that the terminal does not know must not stop a build.
            stream.reconfigure(errors="backslashreplace")
    try:
        if sys.argv[1:2] == ["build"]:
            from zine.cli.again import told_again

            if told_again(sys.argv[2:]):
                return
        from zine.cli.app import app

        app(prog_name="zine")
    except KeyboardInterrupt:
        sys.exit(130)
