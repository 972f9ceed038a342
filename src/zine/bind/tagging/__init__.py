"""Tagging: what WeasyPrint tagged of one section becomes the structure a reader expects."""
