"""`python -m backtimer`."""

from backtimer.cli.main import run

if __name__ == "__main__":
    run()
