"""Former customers: finding who has gone quiet, writing to each of them once, and why they left."""
