"""The desk's pages and acts, one module a subject."""
