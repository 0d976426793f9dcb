"""Outcomes: what a reply did to the relationship, the signs of it, and asking the customer."""
