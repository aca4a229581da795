"""QT5: the links to related articles."""
