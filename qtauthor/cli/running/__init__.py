"""How the commands that write run: one driver, and what each kind of command changes and tells."""
