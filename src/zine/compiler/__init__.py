"""Compiler: a library and a configuration become a publication, section by section."""
