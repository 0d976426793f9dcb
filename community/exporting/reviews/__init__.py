"""Taking reviews out: as our own table, as Judge.me's, and as Google's product review feed. All that can be read."""
