"""Progress on a terminal: which section is being set, and how many of how many."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]


@contextmanager
def progress_on_terminal(*, quiet: bool = False) -> Iterator[Progress]:
    """A function that shows progress on stderr; silent where that is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda message, done, total: None
        return
    # Rich is slow to import and needed here alone.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.completed:.0f} of {task.total:.0f}"),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        # Its own thread would be forked into the workers, locks and all.
        auto_refresh=False,
    ) as bars:
        task = bars.add_task("", total=1, visible=False)

        def show(message: str, done: int, total: int) -> None:
            bars.update(task, description=message, completed=done, total=total, visible=True)
            bars.refresh()

        yield show
