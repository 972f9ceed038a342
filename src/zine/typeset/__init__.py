"""Typesetting: sections become pages."""
