"""Panes draw what is bound to them and tell what the reader chose; they know no engine."""
