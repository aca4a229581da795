"""The language server: `qtauthor server`, by pygls, over standard input and output.

Nothing here decides anything about articles: features ask the site, run its rules, and call the
operations of the command line. This package is imported by that one command alone, for it needs the
extra ``lsp``.

    server        wiring: which message goes where, and what becomes of errors
    protocol      what pygls would do otherwise
    session       what a run shares (Session), what one request sees (Work), one file of it (Target)
    feature       a feature as a value (Feature), the result of a command (Apply)
    features/     one feature a file; all are listed in its ``__init__``
    cursor        which key or value is under the cursor, also while the text is no YAML
    checking      findings of rules as diagnostics
    delivery      change sets: to the editor as an edit, or past it to the disk
    publishing    when open files are checked
    buffers       the texts that the editor holds; immutable, one value for each version
    source        a site's files with those texts over them
    sites         the sites around files, found as the command line finds them
    worker        the one thread that all of this runs on
    client        what the editor can do
    settings      what the editor wants
    parent        the end of an editor that could not say goodbye
    related       related blocks with their places, and which article each means
    meaning       which article is meant under the cursor
    inbound       who links to an article, and where
    following     what follows when files get other names or go
    promises      file operations whose consequences the client has already

How to add a feature
--------------------
1. Write ``features/<name>.py`` with functions ``(work, params) -> result``. They run one at a time
   on the worker's thread, over the buffers as they were when the request came; they never wait
   for the client, and use the types of lsprotocol.
2. ``work.target(uri)`` is the article in question or ``None``; ``target.site`` its site with index,
   source and configuration; ``target.text``, ``target.offset(position)``, ``target.range(start,
   end)`` translate between offsets (code points) and the client's positions. Never count columns
   otherwise. ``work.file(site, path)`` is any other file, its ``uri`` as the client spells it.
3. ``cursor.at(target, offset)`` is what stands there.
4. What changes files is an operation; ``delivery.deliver`` makes the edit of it. A command returns
   ``Apply(label, edit)``, and the server asks the editor to apply it.
5. Errors: raise ``QtauthorError``; in a ``loud`` feature the user reads it, in others it means
   that there is nothing to tell. ``work.say`` shows a message when the request is done.
6. Name the switch in ``settings.Settings``, give ``FEATURE = Feature(name, {method: (function,
   options)}, {command: function})``, and list it in ``features/__init__``.
7. Test it in ``tests/lsp`` with the fixture ``editor``, which is a client of a real process.
"""
