"""Asking buyers for reviews: whom, when, by which mail, and what became of it. Nothing here knows of stars."""
