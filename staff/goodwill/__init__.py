"""Goodwill: coupon codes from a pool, once for each customer and campaign."""
