"""Imposition: pages become sheets."""
