"""Binding: section PDFs become one PDF with links, outline and labels."""
