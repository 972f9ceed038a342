"""Content: files of many hands become entries, entries become a library."""
