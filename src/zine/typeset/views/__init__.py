"""Views: for each kind of section, the values that its layout prints."""
