"""Saving: a file for paper as bytes that follow from what is in it."""

from __future__ import annotations

import io

import pikepdf


def saved(pdf: pikepdf.Pdf, version: str) -> bytes:
    """The bytes of a file, the same for the same content.

    Args:
        version: of PDF that it asks for at least: 1.7 knows the edge that sheets are turned on.
    """
    stream = io.BytesIO()
    pdf.save(
        stream,
        min_version=version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return stream.getvalue()
