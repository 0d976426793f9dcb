"""One-to-one: what is said between the company and one customer, and how its end is told."""
