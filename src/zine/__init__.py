"""zine: from a folder of Markdown entries to a printed book, a folded booklet or a handout."""

__version__ = "0.1.0"
