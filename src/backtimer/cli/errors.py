"""Mistakes in what the program was asked to do."""


class UsageError(Exception):
    """Something asked for on the command line cannot be; the message is one sentence."""
