"""Waiting until an app has nothing more to do, found out from its queues and not from the clock.

Textual's pilot takes a process that uses little CPU for an app that is done. On a busy machine that is wrong,
and on an idle one it costs 40 ms for each key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import textual.app
import textual.pilot
from rich.console import RenderableType
from textual._compositor import Compositor, LayoutUpdate
from textual._context import active_app, visible_screen_stack
from textual.app import App, ScreenStackError
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen

_MOST_ROUNDS = 500
"""Of drawing, until an app is thought to be going round in circles."""

STILL_S = 3600.0
"""From one picture of a figure to the next: longer than any test, for nobody looks at those in between."""

_DELAY_S = 0.005
"""Until the next look at an app that puts off its drawing for a time."""


async def settle(app: App[Any]) -> None:
    """Let an app do all there is to do now: messages, callbacks, a new size, drawing; not its timers.

    Whoever waits for another thread, or for time to pass, looks for what is to come.
    """
    for _ in range(_MOST_ROUNDS):
        await _nothing_runnable()
        if app._exception is not None or not app.is_running:
            return
        if app._resize_timer is not None:  # a new size waits a moment for the next one
            app._check_resize()
            continue
        try:
            screen = app.screen
        except ScreenStackError:
            return
        if not _waits_to_be_drawn(screen):
            return
        if app._batch_count:
            if app._exit:
                return
            await asyncio.sleep(_DELAY_S)
        screen._on_timer_update()
    raise AssertionError("the app does not come to rest")


async def _nothing_runnable() -> None:
    """Give way until no callback of the loop is left that could run at once."""
    ready: Any = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


def _waits_to_be_drawn(screen: Screen[Any]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _at_once(
    loop: asyncio.AbstractEventLoop, _executor: object, work: Callable[..., object], *arguments: object
) -> asyncio.Future[object]:
    """Run what would run in a thread of the pool (Textual reads Markdown there)."""
    future = loop.create_future()
    try:
        future.set_result(work(*arguments))
    except Exception as error:
        future.set_exception(error)
    return future


_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
parse_rules = Stylesheet._parse_rules
"""How Textual parses."""


def _parsed_once(sheet: Stylesheet, *place: Any, **more: Any) -> list[RuleSet]:
    """The rules of a text, read once for all apps of a test run: nothing changes them."""
    key = (*place, *more.items(), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = parse_rules(sheet, *place, **more)
    return _parsed[key]


render_update = Compositor.render_update
"""How Textual draws what goes to the terminal."""


def _drawn_to_nobody(
    compositor: Compositor,
    full: bool = False,
    screen_stack: list[Screen[Any]] | None = None,
    simplify: bool = False,
) -> RenderableType | None:
    """Draw the widgets that are to be drawn anew, but cut and join no rows, which no terminal takes."""
    if full or simplify or not active_app.get().is_headless:
        return render_update(compositor, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    dirty = compositor._dirty_regions.copy()
    compositor._dirty_regions.clear()
    if not dirty:
        return None
    for widget, (region, clip) in compositor.visible_widgets.items():
        seen = region.intersection(clip)
        if seen and any(seen.overlaps(each) for each in dirty):
            widget.render_lines(seen.translate((-region.x, -region.y)))
    return LayoutUpdate([], Region.from_union(list(dirty)).intersection(compositor.size.region))


async def _settle_active(_min_sleep: float = 0.0, _max_sleep: float = 1.0) -> None:
    await settle(active_app.get())


async def _settle_of_pilot(pilot: Pilot[Any], _timeout: float = 30.0) -> bool:
    await settle(pilot.app)
    return pilot.app._exception is None


@pytest.fixture(autouse=True)
def quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot waits for what is to be done rather than for a while."""
    monkeypatch.setattr(textual.pilot, "wait_for_idle", _settle_active)
    monkeypatch.setattr(textual.app, "wait_for_idle", _settle_active)
    monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", _at_once)
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parsed_once)
    monkeypatch.setattr(Compositor, "render_update", _drawn_to_nobody)
    monkeypatch.setattr(Pilot, "_wait_for_screen", _settle_of_pilot)
    for place in ("exercise", "figure_player"):
        monkeypatch.setattr(f"backtimer.tui.screens.{place}.FRAMES_S", STILL_S)
