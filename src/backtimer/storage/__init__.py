"""Files and SQLite: where routines, settings and history live. Nothing here shows anything."""
