"""The ids in all branches and tags of a git checkout, so that two branches do not take the same.

Only blobs that the working tree does not have are read, each once.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from qtauthor.content import skim
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, SiteError


def largest_id(site: Site) -> int:
    """The largest id in an article of any ref; 0 if there is none.

    Raises ``SiteError`` with ``no-git``.
    """
    prefix = _git(site.root, "rev-parse", "--show-prefix").decode().rstrip("\n")
    blobs: set[bytes] = set()
    for tree in _trees(site.root, prefix + site.config.content):
        blobs |= _articles(_git(site.root, "ls-tree", "-r", "-z", "--full-tree", tree))
    blobs -= _checked_out(site)
    return max((number for data in _read(site.root, blobs) for number in _ids(data)), default=0)


def _trees(root: Path, folder: str) -> list[str]:
    """The different contents of ``folder`` in all refs and in HEAD."""
    commits = _git(root, "for-each-ref", "--format=%(objectname)").decode().split()
    asked = "".join(f"{commit}:{folder}\n" for commit in ["HEAD", *dict.fromkeys(commits)])
    answers = _git(root, "cat-file", "--batch-check", stdin=asked.encode()).decode(
        "utf-8", "replace"
    )
    words = (line.split() for line in answers.splitlines())
    return list(dict.fromkeys(word[0] for word in words if len(word) == 3 and word[1] == "tree"))


def _articles(listing: bytes) -> set[bytes]:
    """The blobs in the output of ``ls-tree -z``: mode, type, object, a tab, the name."""
    rows = (row.partition(b"\t") for row in listing.split(b"\0") if row)
    return {head.split()[2] for head, _, name in rows if name.endswith(b".md")}


def _checked_out(site: Site) -> set[bytes]:
    """The blobs of files that stand in the working tree as they are in git's index."""
    folder = site.config.content
    changed = set(_git(site.root, "diff-files", "--name-only", "-z", "--relative").split(b"\0"))
    there = {path.encode("utf-8", "surrogateescape") for path in site.paths()} - changed
    rows = _git(site.root, "ls-files", "-s", "-z", "--", folder).split(b"\0")
    return {
        head.split()[1] for head, _, name in (row.partition(b"\t") for row in rows) if name in there
    }


def _read(root: Path, blobs: Collection[bytes]) -> Iterator[bytes]:
    """The contents of blobs, one after the other."""
    if not blobs:
        return
    with tempfile.TemporaryFile() as asked:
        asked.write(b"".join(blob + b"\n" for blob in sorted(blobs)))
        asked.seek(0)
        command = ["git", "-C", str(root), "cat-file", "--batch"]
        with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for head in iter(process.stdout.readline, b""):
                words = head.split()
                if len(words) == 3:
                    yield process.stdout.read(int(words[2]))
                    process.stdout.read(1)


def _ids(data: bytes) -> Iterable[int]:
    try:
        number = skim.article_id(data)
    except QtauthorError:
        return skim.mentioned_ids(data)
    return [number] if isinstance(number, int) and not isinstance(number, bool) else []


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], input=stdin, capture_output=True, check=True
        )
    except FileNotFoundError:
        raise _no_git("git is not installed") from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        none = "not a git repository" in told
        why = "the site is in no git checkout" if none else f"git refused: {told}"
        raise _no_git(why) from None
    return done.stdout


def _no_git(why: str) -> SiteError:
    return SiteError(
        Code.NO_GIT,
        why,
        remedy="leave --all-refs out, or run it in a git checkout",
    )
