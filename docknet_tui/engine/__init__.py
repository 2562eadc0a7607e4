"""The way to a Docker Engine: the only package that imports docker, and it does so late."""
