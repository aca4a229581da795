"""Command line tools: a process for every request, so that their start counts."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess

from benchmarks.peers.requests import Peer, Request, UnableError


def yq() -> Peer | None:
    """kislyuk's, a wrapper of jq; ``-Y`` keeps the styles that it can."""
    tool = shutil.which("yq")
    if tool is None or shutil.which("jq") is None or "jq" not in _run([tool, "--help"], ""):
        return None

    def edit(text: str, requests: list[Request]) -> str:
        for request in requests:
            text = _run([tool, "-Y", "--width", "0", _filter(request)], text)
        return text

    return edit


def _filter(request: Request) -> str:
    verb, _, value, side, path = request
    if side is not None or verb == "rename" or isinstance(value, datetime.date):
        raise UnableError("a place among keys, or a date")
    new, last = json.dumps(value), path[-1]
    if verb == "append":
        return f"{request.place} += [{new}]"
    if verb == "remove":
        return f"del({request.place})"
    if verb == "insert" and isinstance(last, int):
        return f"{request.parent} |= .[:{last}] + [{new}] + .[{last}:]"
    return f"{request.place} = {new}"


def yaml_set() -> Peer | None:
    """Of yamlpath: sets and deletes scalars."""
    tool = shutil.which("yaml-set")
    if tool is None:
        return None

    def edit(text: str, requests: list[Request]) -> str:
        for verb, at, value, side, _ in requests:
            if verb not in ("set", "remove") or side is not None or isinstance(value, dict | list):
                raise UnableError(verb)
            place = "/" + "/".join(token.replace("/", "\\/") for token in at)
            change = ["--delete"] if verb == "remove" else _written(value)
            text = _run([tool, "--quiet", "-g", place, *change, "-"], text)
            text = text.removeprefix("---\n")
        return text

    return edit


def _written(value: object) -> list[str]:
    if value is None:
        return ["--null"]
    return [f"--value={json.dumps(value) if isinstance(value, bool) else value}"]


def _run(line: list[str], text: str) -> str:
    done = subprocess.run(line, input=text.encode(), capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


PEERS = {"yq": yq, "yaml-set": yaml_set}
