"""Byte-exact authoring of Markdown articles with YAML front matter."""
