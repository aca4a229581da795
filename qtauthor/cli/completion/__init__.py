"""Completion in shells: what there is to choose from, and how bash, zsh and fish are told."""
