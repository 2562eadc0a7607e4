"""Screens hold state; panes draw it."""
