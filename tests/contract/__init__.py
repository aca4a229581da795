"""What others build on, written down: it changes by decision, not by accident."""
