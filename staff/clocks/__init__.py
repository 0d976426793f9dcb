"""What managers decide about hours, days off and targets, and how they bring it in."""
