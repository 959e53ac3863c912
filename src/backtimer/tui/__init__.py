"""The full-screen front end, built on Textual."""
