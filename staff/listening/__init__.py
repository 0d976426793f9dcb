"""The first conversation: what people say about us elsewhere, how it gets here, and how it is answered there."""
