"""The language server: `qtauthor server`, by pygls, over standard input and output.

Nothing here decides anything about articles: features ask the site, run its rules, and call
operations; they translate places and types between these and the protocol. This package is imported
by that one command alone, for it needs the extra ``lsp``.

    server            wiring: which message goes where, and what becomes of errors
    protocol          what pygls would do otherwise
    session           what a run shares (ServerSession), what one request sees (RequestContext),
                      one file of it (RequestFile)
    feature           a feature as a value (Feature), the result of a command (Apply)
    features/         one feature a file; all are listed in its ``__init__``
    editor_operations operations on the article of an editor, by the names of commands
    delivery          change sets: to the editor as an edit, or past it to the disk
    diagnostics/      findings of rules as diagnostics, when open files are checked, pages of rules
    article/          titles to search in, where articles and links stand, snippets
    files/            URIs, names as the client spells them, open texts over the disk, renames
    buffers           the texts that the editor holds; immutable, one value for each version
    sites             the sites around files, found as the command line finds them
    worker            the one thread that all of this runs on
    client            what the editor can do
    settings          what the editor wants
    progress          long work, told to the editor
    parent_process    the end of an editor that could not say goodbye

How to add a feature
--------------------
1. Write ``features/<name>.py`` with functions ``(work, params) -> result``. They run one at a time
   on the worker's thread, over the buffers as they were when the request came; they never wait
   for the client, and use the types of lsprotocol.
2. ``work.target(uri)`` is the article in question or ``None``; ``target.site`` its site with index,
   source and configuration; ``target.text``, ``target.offset(position)``, ``target.range(start,
   end)`` translate between offsets (code points) and the client's positions. Never count columns
   otherwise. ``work.file(site, path)`` is any other file, its ``uri`` as the client spells it.
3. ``text.cursor`` tells which key or value stands at an offset, ``content.links.article_at``
   which article is meant there, ``content.links.written_blocks`` where related blocks are.
4. What decides or changes anything is an operation, tested without the server;
   ``delivery.deliver`` makes the edit of it. A command returns ``Apply(label, edit)``, and the
   server asks the editor to apply it.
5. Errors: raise ``QtauthorError``; in a ``loud`` feature the user reads it, in others it means
   that there is nothing to tell. ``work.say`` shows a message when the request is done.
6. Name the switch in ``settings.Settings``, give ``FEATURE = Feature(name, {method: (function,
   options)}, {command: function})``, and list it in ``features/__init__``.
7. Test it in ``tests/lsp/features`` with the fixture ``editor``, a client of a real process.
"""
