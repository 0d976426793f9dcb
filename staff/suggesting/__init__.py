"""Suggestions: drafts with their sources for who answers. They are written down, and never posted by themselves."""
