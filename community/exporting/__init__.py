"""Taking everything public along: one line of JSON a thing (docs/exporting.md)."""
