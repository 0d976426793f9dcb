"""What our replies did, in figures. Every number is the length of a list that can be opened."""
