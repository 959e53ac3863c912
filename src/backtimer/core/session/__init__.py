"""One run through a plan: the engine, which has no clock, and its events."""
