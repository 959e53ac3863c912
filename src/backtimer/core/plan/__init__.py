"""A day of a routine becomes a plan: a flat row of timed steps."""
