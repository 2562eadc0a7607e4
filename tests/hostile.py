"""Texts that break programs which trust them."""

HOSTILE = (
    "[/x]",
    "[ERROR] boom",
    "[fe80::1]:80",
    "[$x] \\",
    "a\x1b[2Jb",
    "a\x1b]0;pwned\x07b",
    "a\x9b2Jb\x9d0;x\x9c",
    "abc\u202edef",
    "zero\u200bwidth\ufeff",
    "宽字符宽字符",
    "שלום עולם",
    "e\u0301a\u0308",
    "n" * 300,
)
