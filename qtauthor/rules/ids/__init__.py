"""QT4: the ids."""
