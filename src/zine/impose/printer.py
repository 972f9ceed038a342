"""A printer as it was found to be: its flip edge, what it leaves blank, how its backs stray."""

from __future__ import annotations

from dataclasses import dataclass

from zine.impose.sheets import Flip, Plan, Sides
from zine.impose.turning import sided
from zine.paper import Paper


@dataclass(frozen=True)
class Printer:
    """What `zine calibrate` asks for.

    Args:
        name: as in `--printer kitchen`.
        paper: the sheet that usually lies in it.
        flip: edge on which it turns sheets; None where it does as it is told.
        duplex: whether it turns them by itself.
        backs_reversed: by hand, the backs are printed from the last sheet on.
        margin: mm that it leaves blank at the edges.
        drift: mm by which the backs lie to the right of the fronts, and above them, seen through
            the paper from the front of a sheet that lies landscape.
        drift_portrait: the same for a sheet that lies portrait.
    """

    name: str
    paper: Paper | None = None
    flip: Flip | None = None
    duplex: bool = True
    backs_reversed: bool = False
    margin: float = 0.0
    drift: tuple[float, float] = (0.0, 0.0)
    drift_portrait: tuple[float, float] = (0.0, 0.0)

    def drift_of(self, plan: Plan) -> tuple[float, float]:
        """The drift of a plan's sheets as they lie, mm."""
        return self.drift if plan.landscape else self.drift_portrait

    def runs(self, plan: Plan) -> tuple[Plan, ...]:
        """The plan in one run, or fronts and backs apart where sheets are turned by hand."""
        if self.duplex or not plan.two_sided:
            return (plan,)
        return (
            sided(plan, Sides.FRONTS),
            sided(plan, Sides.BACKS, backs_reversed=self.backs_reversed),
        )


def straightened(plan: Plan, drift: tuple[float, float]) -> tuple[float, float]:
    """How far, mm, the picture of a back is moved right and up to make up for the drift.

    A back is seen as its sheet is turned: left to right mirrors the first figure, head to foot
    the second.
    """
    right, up = drift
    return (right, 0.0 - up) if plan.sideways else (0.0 - right, up)
