"""The command line: one module per group of commands, and the line-by-line front end."""
