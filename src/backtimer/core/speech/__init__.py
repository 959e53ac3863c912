"""What is told, in which words, and when."""
