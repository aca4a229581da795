"""QT3: what derives from the question, the subject and the place of the file."""
