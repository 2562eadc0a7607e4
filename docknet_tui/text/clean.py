"""Text from outside, made safe to show: no escapes, no controls, nothing that reorders.

Names, labels, environment and log lines may hold anything. An OSC or a C1 byte that reaches the
terminal is executed by it; a bidi override makes a name read as another one.
"""

from __future__ import annotations

import re

from docknet_tui.text.width import cell_width

_CSI = r"(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)"
# OSC, DCS, SOS, PM, APC: a string that ends with ST or BEL, or never.
_STRING = r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|(?=\x1b)|$)"
_OTHER = r"\x1b[ -/]*[0-~]?"
_ESCAPES = re.compile(f"{_CSI}|{_STRING}|{_OTHER}", re.DOTALL)
_SGR = re.compile(r"\x1b\[[0-9;:]*m")
_TAB_OR_SGR = re.compile(r"(\t|\x1b\[[0-9;:]*m)")

# Bidi controls, zero-width characters, byte order mark, tag characters, line and paragraph
# separators: invisible, so dropping them loses nothing that a reader could see. Variation
# selectors go too: terminals disagree about the width of what they select.
_HIDDEN = (
    "\u00ad\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_DROPPED = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f{_HIDDEN}]")
_DROPPED_KEEPING_ESC = re.compile(f"[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f-\x9f{_HIDDEN}]")
_BREAKS = re.compile(r"[\t\r\n]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """One line of plain text: escapes and controls dropped, tabs and line breaks as blanks."""
    if text.isascii() and text.isprintable():
        return text
    text = _ESCAPES.sub("", text)
    text = _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", text))
    return _DROPPED.sub("", text)


def clean_lines(text: str) -> str:
    """Like `clean`, line by line: line breaks stay."""
    return "\n".join(map(clean, text.split("\n")))


def clean_log(text: str) -> str:
    """A log line with nothing but its colours (SGR sequences) left; tabs go to multiples of 8."""
    if text.isascii() and text.isprintable():
        return text
    kept = _ESCAPES.sub(lambda m: m[0] if _SGR.fullmatch(m[0]) else "", text)
    kept = _SURROGATES.sub("\ufffd", kept.replace("\n", " "))
    kept = _DROPPED_KEEPING_ESC.sub("", kept)
    return _untabbed(kept) if "\t" in kept else kept


def _untabbed(text: str) -> str:
    """Tabs as blanks up to the next multiple of 8 cells, of which colours take none."""
    done, column = [], 0
    for piece in _TAB_OR_SGR.split(text):
        if piece == "\t":
            piece = " " * (8 - column % 8)
        column += 0 if piece.startswith("\x1b") else cell_width(piece)
        done.append(piece)
    return "".join(done)
