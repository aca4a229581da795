"""QT1: the file itself."""
