"""Values with named fields, as `typing.NamedTuple` makes them, in a third of the time.

There are some ninety kinds of them, made whenever the program starts. `typing` compiles what is written
behind each field to look at it, though the type checker has done so and nobody asks for it at run time.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    # What a class has by itself, on any version of Python.
    _OF_CLASSES = frozenset(
        ("__module__", "__qualname__", "__annotations__", "__firstlineno__", "__static_attributes__")
    )

    class _Kind(type):
        """Makes a named tuple of a class that tells its fields and methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = namespace.get("__annotations__", {})
            defaults = [namespace[field] for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            made.__annotations__ = fields
            for attribute, found in namespace.items():
                if attribute not in fields and attribute not in _OF_CLASSES:
                    setattr(made, attribute, found)
            return made

    class NamedTuple(metaclass=_Kind):
        """The base of all such classes; their own modules must have their annotations as text."""
