"""Breaks articles as they were broken, and in ways that repair does not know.

`writing` writes an article anew in one of the styles that the site has. Each break of `known`
breaks its text in a way that happened, each of `strange` in another, and ``None`` is one for which
there is no room. `cases` puts them together and says what became of them. All chance comes from
the ``random.Random`` that is passed in. ``python -m benchmarks.repair`` prints a table.
"""
