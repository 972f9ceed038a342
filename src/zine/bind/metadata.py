"""Metadata: title, authors, language and licence in the PDF's info and XMP."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pikepdf import Dictionary, Name, Pdf, String

_SHEET = 2  # pages of a single sheet, which has no spreads


@dataclass(frozen=True)
class Metadata:
    """What a PDF says of itself.

    Args:
        date: of the publication, from book.yaml or SOURCE_DATE_EPOCH; None writes none.
        rtl: it is read from the right, and bound there.
    """

    title: str
    authors: tuple[str, ...]
    language: str
    subject: str = ""
    publisher: str = ""
    licence: str = ""
    licence_url: str = ""
    keywords: tuple[str, ...] = ()
    date: dt.date | None = None
    producer: str = "zine"
    rtl: bool = False


def write_metadata(pdf: Pdf, metadata: Metadata, pages: int, *, accessible: bool = False) -> None:
    """Write XMP and the document information that agrees with it.

    XMP holds what the information dictionary has no key for: language (Dublin Core), licence
    (XMP Rights Management, ISO 16684-1 §8.5). Nothing is written that changes between builds.

    Args:
        pages: how many the file will have.
        accessible: it is tagged, and says that it is PDF/UA-1 (ISO 14289-1 §5).
    """
    pdf.Root["/Lang"] = String(metadata.language)
    pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    if metadata.rtl:
        # Viewers that show facing pages lay them from the right (ISO 32000-1, table 150); the
        # layout below still says that the cover stands alone.
        pdf.Root["/ViewerPreferences"]["/Direction"] = Name.R2L
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as xmp:
        xmp["dc:title"] = metadata.title
        xmp["dc:language"] = {metadata.language}
        if metadata.authors:
            xmp["dc:creator"] = list(metadata.authors)
        if metadata.subject:
            xmp["dc:description"] = metadata.subject
        if metadata.publisher:
            xmp["dc:publisher"] = {metadata.publisher}
        if metadata.licence:
            xmp["dc:rights"] = metadata.licence
            xmp["xmpRights:Marked"] = "True"
        if metadata.licence_url:
            xmp["xmpRights:WebStatement"] = metadata.licence_url
        if metadata.keywords:
            xmp["pdf:Keywords"] = ", ".join(metadata.keywords)
        if metadata.date:
            xmp["dc:date"] = [metadata.date.isoformat()]
        xmp["pdf:Producer"] = metadata.producer
        if accessible:
            xmp["pdfuaid:part"] = "1"
    if pages > _SHEET:
        pdf.Root["/PageLayout"] = Name.TwoPageRight
