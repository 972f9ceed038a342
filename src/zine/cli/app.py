"""The command `zine` and its subcommands."""

from __future__ import annotations

from typing import Annotated

import typer

from zine import __version__
from zine.cli.build import build
from zine.cli.calibrate import calibrate
from zine.cli.check import check
from zine.cli.clean import clean
from zine.cli.doctor import doctor
from zine.cli.dummy import dummy
from zine.cli.handout import handout
from zine.cli.impose import impose
from zine.cli.init import init
from zine.cli.listing import list_project
from zine.cli.new import new
from zine.cli.plan import plan


def _examples(*lines: str) -> str:
    r"""Examples under the help; the mark \b keeps Typer from filling the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


app = typer.Typer(
    name="zine",
    help="From a folder of Markdown entries to a printed book, a folded booklet or a handout.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_examples(
        "zine init my-book && cd my-book       a small book to start from",
        "zine build                            the whole book, to read and to fold",
        "zine build --chapter theories         one chapter as a booklet",
        'zine build --value "Mutual aid"       all entries that hold a value',
        'zine build --entries "Zakat,Usufruct" a booklet picked by hand',
        "zine handout usufruct --paper letter  one entry on one sheet",
        "zine check                            every problem, with file and line",
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"zine {__version__}")
        raise typer.Exit


@app.callback()
def _zine(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    pass


app.command(
    "build",
    epilog=_examples(
        "zine build",
        "zine build --chapter theories --paper letter",
        "zine build --chapter theories --chapter stories --together",
        'zine build --value "Deepens democracy" --edition booklet --instructions',
        'zine build --entries "Horizontalism,Timebanking" -o /tmp/out',
    ),
)(build)
app.command(
    "handout",
    epilog=_examples("zine handout solidarity-economics", "zine handout --all --paper letter"),
)(handout)
app.command(
    "impose",
    epilog=_examples(
        "zine impose zine.pdf --paper letter",
        "zine impose book.pdf --scheme signatures --sheets 4 --marks fold,sewing,collation",
        "zine impose eight.pdf --scheme mini --fit",
        "zine impose zine.pdf --sides fronts   then --sides backs",
    ),
)(impose)
app.command(
    "plan", epilog=_examples("zine plan 31", "zine plan zine.pdf --scheme signatures --sheets 4")
)(plan)
app.command("dummy", epilog=_examples("zine dummy saddle 8", "zine dummy mini 8 --paper letter"))(
    dummy
)
app.command(
    "calibrate",
    epilog=_examples(
        "zine calibrate kitchen",
        "zine calibrate kitchen --flip long --margin 5 --drift 0.5,-1",
        "zine calibrate --list",
    ),
)(calibrate)
app.command("check", epilog=_examples("zine check", "zine check --strict --json"))(check)
app.command("list", epilog=_examples("zine list", "zine list --json | jq .tags"))(list_project)
app.command(
    "new",
    epilog=_examples('zine new story "The ladder on Mill Street"', 'zine new values "Thrift"'),
)(new)
app.command("init", epilog=_examples("zine init my-book"))(init)
app.command("doctor", epilog=_examples("zine doctor"))(doctor)
app.command("clean", epilog=_examples("zine clean", "zine clean --dist"))(clean)
