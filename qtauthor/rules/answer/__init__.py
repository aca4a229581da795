"""QT6: the answer as the site renders it."""
