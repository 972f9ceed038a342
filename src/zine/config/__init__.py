"""Configuration: book/book.yaml, validated, becomes the settings of a project."""

from zine.config.loading import BOOK_FILE, find_project, load_settings
from zine.config.types import DEFAULT_TYPES

__all__ = ["BOOK_FILE", "DEFAULT_TYPES", "find_project", "load_settings"]
