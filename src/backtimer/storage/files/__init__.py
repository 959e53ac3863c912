"""What a person writes: routines, exercises and settings, read with line and column."""
