"""``qtauthor new`` as a dialogue: one module for each step, and what they share."""
