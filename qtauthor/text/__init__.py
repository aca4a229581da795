"""Bytes and YAML text: documents that change only where they are asked to."""
