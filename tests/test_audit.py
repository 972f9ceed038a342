"""The audit: what is wrong in a bound PDF is found, with the section and the entry named."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from support.projects import copy_of

from zine.bind.binder import BoundSection, bind
from zine.bind.metadata import Metadata
from zine.build import Options
from zine.build.publications import _bind, _expected
from zine.build.steps import Workshop
from zine.compiler.selection import Selection
from zine.diagnostics import Severity, ZineError
from zine.project import load_project
from zine.prove.audit import audit
