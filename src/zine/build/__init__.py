"""Build: the pipeline in order; the only package that knows it."""

from zine.build.handouts import build_handouts
from zine.build.publications import build
from zine.build.report import Options, Output, Report, Request

__all__ = ["Options", "Output", "Report", "Request", "build", "build_handouts"]
