"""Bringing a community along: what was said elsewhere becomes questions, answers and members here."""
