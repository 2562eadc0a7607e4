"""docknet-tui: a full-screen terminal explorer for Docker networking."""

__version__ = "0.1.0"
