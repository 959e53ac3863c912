"""What a terminal sends, and the keys that are meant by it."""
