"""Where a proven change set goes: a diff, the disk."""
