"""What several tests share: entries made up in memory, projects in folders, PDFs read back."""
