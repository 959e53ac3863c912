"""What is parsed is kept in a home of its own, and who reads a file is counted."""

from __future__ import annotations

from tests.storage.files.kept import bundled, paths, reads

__all__ = ["bundled", "paths", "reads"]
