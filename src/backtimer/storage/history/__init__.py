"""What was done: the database of sessions, its copies, corrections, export and import."""
