"""Pure functions from the world to rows, tables, plain text and JSON. No textual, no docker."""
