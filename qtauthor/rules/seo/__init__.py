"""QT7: what search engines are told."""
