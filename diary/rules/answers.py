"""Three answers: no, unknown, yes. Ordered so that *any* is the largest of its parts and *all* the smallest."""

NO, UNKNOWN, YES = 0, 1, 2
