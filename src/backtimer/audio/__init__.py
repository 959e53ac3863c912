"""What is heard: tones, voices, the player, and whole sessions as audio files."""
