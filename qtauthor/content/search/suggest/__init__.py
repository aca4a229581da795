"""Which articles a question could be related to: proposals, best first.

``asked`` is what is known of the question, ``words`` and ``graph`` ask the index, ``signals`` tell
of each candidate what speaks for it, ``ranking`` weighs that, and ``suggester`` does all of it.
"""
