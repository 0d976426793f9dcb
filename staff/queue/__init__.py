"""The queue: which conversations wait, in which order, how many, and what each row says."""
