"""QT8: questions that are nearly the same."""
