"""What commands are run with, also here."""

from __future__ import annotations

from tests.cli.conftest import room, run, wall  # noqa: F401
