"""Text from outside, made harmless and measured. Standard library only."""
