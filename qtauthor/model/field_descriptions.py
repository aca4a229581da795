"""What each field of an article is, in a sentence: for schemas, and for whoever points at one."""

from __future__ import annotations

from qtauthor.model import numbered_blocks
from qtauthor.model.numbered_blocks import MAX_IN_WORDS

_BLOCK = numbered_blocks.pointer(1)
_DESCRIPTIONS = {
    "/_schema": "The schema that the content management system edits the article by.",
    "/id": "The question's number; the same question under several subjects has one.",
    "/date": "The day on which the article was posted.",
    "/title": "What the page shows as its title; the same text as the question.",
    "/article_title": "The title once more, as the content management system wants it.",
    "/date_format": "How the page writes the date.",
    "/post_on_text": "The words before the date.",
    "/seo": "What search engines are told.",
    "/seo/title": "The title that search engines show.",
    "/seo/page_description": "The sentences that search engines show below the title.",
    "/seo/page_keywords": "Keywords with commas between them.",
    "/author": "Who the page says wrote it.",
    "/question": "The question, as lists show it; slug, file name and url derive from it.",
    "/no_index": "Whether search engines are asked to leave the page out.",
    "/answer": "The answer in Markdown on one line: each line break is the two characters \\n.",
    "/subject": "The subject's name; its slug is the folder that the file is in.",
    "/file_name": "The name of the file, from which lists make their links.",
    "/url": "The address at which the site shows the article.",
    "/score": "How good the answer was found to be.",
    _BLOCK: f"An article that the page links to; up to {MAX_IN_WORDS}, without gaps from 1.",
    f"{_BLOCK}/id": "The id of the article that the url leads to.",
    f"{_BLOCK}/title": "The title of the article that the url leads to.",
    f"{_BLOCK}/subject": "The subject of the article that the url leads to.",
    f"{_BLOCK}/url": "Where the link leads: it decides which article is meant.",
}


def description(pointer: str) -> str:
    """What the field at ``pointer`` is; nothing for what is no field."""
    return _DESCRIPTIONS.get(numbered_blocks.as_first(pointer), "")
