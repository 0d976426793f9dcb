"""Reviews from other review apps: one file a format says what its columns mean, the rest is the same for all."""
