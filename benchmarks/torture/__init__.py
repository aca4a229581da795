"""Campaigns against the disk and the engine: kills, errors, power cuts, fuzzed edits.

    python -m benchmarks.torture [kills] [errors] [cuts] [edits] [--quick] [--edits N]

Each campaign is a number of parts, each of which follows from its number alone. What came of a part
is kept in a file, so that a campaign that was stopped goes on where it was.
"""
