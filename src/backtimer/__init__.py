"""backtimer: a guided-workout timer for the terminal."""

__version__ = "0.1.0"


class RefusedError(Exception):
    """What we were given, or asked for, cannot be used, and it is no mistake of our own: a line tells it."""

    exit_code = 2
    """2: bad input; 1: something that should be there is not."""
    prefix = "backtimer: "
    """Empty where the message is a sentence, or tells its place, by itself."""

    def line(self) -> str:
        """What is told of it on standard error."""
        return f"{self.prefix}{self}"
