"""Values with named fields, as `typing.NamedTuple` makes them, in a fifth of the time.

There are two hundred kinds of them, half of which are made whenever the program starts. `typing` compiles
what is written behind each field to look at it, though the type checker has done so and nobody asks for it at
run time; and `collections` writes and compiles a function for each kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from _collections import _tuplegetter  # what `collections` reads a field with

    _GLOBALS = {"_tuple_new": tuple.__new__, "__builtins__": {}}

    _makers: dict[int, CodeType] = {}
    """What makes a value of so many fields, to be given their names."""

    def _maker(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        """`__new__` of a kind, which takes its fields by place or by name."""
        code = _makers.get(len(fields))
        if code is None:
            names = "".join(f"_{number}," for number in range(len(fields)))
            function = eval(f"lambda _cls, {names}: _tuple_new(_cls, ({names}))", _GLOBALS)  # noqa: S307
            code = _makers[len(fields)] = function.__code__
        own = code.replace(co_varnames=("_cls", *fields), co_name="__new__")
        return FunctionType(own, _GLOBALS, "__new__", defaults)

    @classmethod
    def _make(cls: type, fields: Iterable[Any]) -> Any:
        """A value of its fields in order."""
        made = tuple.__new__(cls, fields)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self: Any, /, **changed: Any) -> Any:
        """The same but for some fields."""
        made = self._make(map(changed.pop, self._fields, self))
        if changed:
            raise ValueError(f"Got unexpected field names: {list(changed)!r}")
        return made

    def _asdict(self: Any) -> dict[str, Any]:
        """The fields by their names."""
        return dict(zip(self._fields, self, strict=True))

    def _repr(self: Any) -> str:
        """The kind and its fields, as one would write it."""
        fields = ", ".join(f"{name}={field!r}" for name, field in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({fields})"

    def _plain(self: Any) -> tuple[Any, ...]:
        """What `copy` and `pickle` make it of."""
        return tuple(self)

    def _itself(self: Any, _: object) -> Any:
        """What `deepcopy` makes of it: nothing changes a value, nor what is in it."""
        return self

    class _Kind(type):
        """Makes a named tuple of a class that tells its fields and methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one with a default")
            made = {
                "__slots__": (),
                "__match_args__": fields,
                "__new__": _maker(fields, tuple(defaults.values())),
                "__repr__": _repr,
                "__getnewargs__": _plain,
                "__deepcopy__": _itself,
                "_fields": fields,
                "_field_defaults": defaults,
                "_make": _make,
                "_replace": _replace,
                "_asdict": _asdict,
                **namespace,
            }
            for place, field in enumerate(fields):
                made[field] = _tuplegetter(place, "")
            return type(name, (tuple,), made)

    class NamedTuple(metaclass=_Kind):
        """The base of all such classes; their own modules must have their annotations as text."""
