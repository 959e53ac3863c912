"""The pure core: standard library only; no clock, no file, no environment, no randomness."""
