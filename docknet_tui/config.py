"""The configuration file: `docknet-tui/config.toml` in the XDG configuration folder."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docknet_tui import keymap


@dataclass(frozen=True, slots=True)
class Config:
    """`keys` maps the id of a key (see the key table in README) to other keys, comma-separated."""

    keys: Mapping[str, str] = field(default_factory=dict)


def path() -> Path:
    """Where the file is looked for."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "docknet-tui" / "config.toml"


def load(file: Path | None = None) -> tuple[Config, tuple[str, ...]]:
    """The configuration and what is wrong with it, as sentences; no file is no problem."""
    file = file or path()
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config(), ()
    except OSError as error:
        return Config(), (f"{file} cannot be read: {error.strerror}.",)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Config(), (f"{file} is not TOML: {error}.",)
    return parse(data, str(file))


def parse(data: Mapping[str, Any], name: str) -> tuple[Config, tuple[str, ...]]:
    """Check every entry; `name` is how the file is called in the sentences."""
    problems = [f"{name}: there is no setting “{key}”." for key in data if key != "keys"]
    keys = data.get("keys", {})
    if not isinstance(keys, dict):
        return Config(), (*problems, f"{name}: keys must be a table.")
    for id, value in keys.items():
        if not isinstance(value, str) or not value:
            problems.append(f'{name}: keys.{id} must be text such as "f5" or "ctrl+r".')
    if not problems:
        problems = [f"{name}: keys: {sentence}." for sentence in keymap.problems(keys)]
    return (Config(), tuple(problems)) if problems else (Config(keys), ())
