"""QT2: the fields by themselves."""
