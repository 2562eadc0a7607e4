"""The command line. Textual is imported last, and only when the full-screen app opens."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from docknet_tui import __version__

OK, NO, USAGE, NO_ENGINE = 0, 1, 2, 3
"""Exit codes: yes, a truthful no, wrong usage, no engine answers."""


def parser() -> argparse.ArgumentParser:
    """The arguments that docknet-tui takes."""
    top = argparse.ArgumentParser(
        prog="docknet-tui",
        description="A full-screen terminal explorer for Docker networking.",
        epilog="Exit codes: 0 yes, 1 a truthful no, 2 wrong usage, 3 no engine answers.",
    )
    top.add_argument("--version", action="version", version=f"docknet-tui {__version__}")
    _engine_options(top, default=None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    listing = commands.add_parser("ls", help="print networks and containers, then exit")
    # SUPPRESS: an option given before the command must not be reset by the command's own default.
    _engine_options(listing, default=argparse.SUPPRESS)
    listing.add_argument("--json", action="store_true", help="a stable JSON document")
    return top


def _engine_options(to: argparse.ArgumentParser, default: str | None) -> None:
    to.add_argument("-H", "--host", metavar="URL", default=default, help="the engine's address")
    to.add_argument("--context", metavar="NAME", default=default, help="a docker context")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    args = parser().parse_args(argv)
    if args.host and args.context:
        print("docknet-tui: give --host or --context, not both", file=sys.stderr)
        return USAGE
    if args.command == "ls":
        return _ls(args.host, args.context, as_json=args.json)
    return _open(args.host, args.context)


def _ls(host: str | None, context: str | None, *, as_json: bool) -> int:
    from docknet_tui.engine.look import look
    from docknet_tui.engine.port import EngineError, NoEngine
    from docknet_tui.views import listing

    try:
        world = look(host, context)
    except NoEngine as error:
        print(f"docknet-tui: {error.reason} {error.cure}".strip(), file=sys.stderr)
        return NO_ENGINE
    except EngineError as error:
        print(f"docknet-tui: {error.reason} {error.cure}".strip(), file=sys.stderr)
        return NO
    if as_json:
        print(json.dumps(listing.as_json(world), indent=2, ensure_ascii=False))
    else:
        print(listing.as_text(world))
    return OK


def _open(host: str | None, context: str | None) -> int:
    from docknet_tui.config import load

    config, problems = load()
    for problem in problems:
        print(f"docknet-tui: {problem}", file=sys.stderr)
    if problems:
        return USAGE
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(
            "docknet-tui: the full-screen app needs a terminal; try: docknet-tui ls",
            file=sys.stderr,
        )
        return USAGE
    from docknet_tui.engine.look import connector
    from docknet_tui.tui.app import DocknetApp

    connect, endpoint = connector(host, context)
    app = DocknetApp(connect, endpoint, config.keys)
    try:
        app.run()
    finally:
        app.close_feeds()
    return app.return_code or OK
