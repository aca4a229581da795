"""What helps an author with a new question: checks, proposals, and the plan of all that changes.

A ``Draft`` is what was said so far. Everything here is worked out from it and the site; asking and
showing are left to others.
"""
