"""Logs that hold no word of a trainee's.

nbgrader logs whole tracebacks, and the last line of one may quote what was handed in: the beginning of a notebook that is
none, a time that is none, the comment that could not be saved.
"""

from __future__ import annotations

import logging
import re
import traceback

# Every command of nbgrader that opens what was handed in logs under its own name, and formgrader under the server's.
LOGGERS = (
    "NbGraderApp", "AutogradeApp", "GenerateFeedbackApp", "CollectApp", "ZipCollectApp", "ReleaseFeedbackApp", "FeedbackApp",
    "ExportApp", "ValidateApp", "UpdateApp", "ListApp", "GenerateSolutionApp", "FormgradeExtension", "ServerApp", "LabApp",
    "SingleUserLabApp", "SingleUserServerApp", "traitlets", "tornado.application",
)  # fmt: skip
_TRACEBACK = "Traceback (most recent call last)"
_KEPT = re.compile(
    r"\s*(?:File \".*\", line \d+|Traceback \(most|During handling of|The above exception was)|\s*$"
)
# Errors whose words are the course's or nbgrader's own, and such as tell what is not installed.
_OWN = re.compile(r"\s*(?:grader\.errors|nbgrader\.|ImportError|ModuleNotFoundError|SystemExit)")
_ERROR = re.compile(r"(\s*[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Entry)): ")
_QUOTING = re.compile(r"Notebook JSON is [\w ]+(?=: )")


class _NoWords(logging.Filter):
    """Cuts out of a log what an error quotes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without the words."""
        message = record.getMessage()
        shorter = without_words(message)
        if shorter != message:
            record.msg, record.args = shorter, None
        if record.exc_info and not record.exc_text:
            record.exc_text = without_words("".join(traceback.format_exception(*record.exc_info))).rstrip()
        return True


_NO_WORDS = _NoWords()


def keep_words_out() -> None:
    """Have nbgrader log where and of what kind an error was, and nothing that it quotes."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_NO_WORDS)


def without_words(message: str) -> str:
    """Return a message that quotes nothing: of a traceback the places and the kinds of errors."""
    if quoting := _QUOTING.match(message):
        return f"{quoting[0]}."
    head, found, told = message.partition(_TRACEBACK)
    return f"{head}{found}{_places(told)}" if found else message


def _places(told: str) -> str:
    kept = []
    first, *lines = told.splitlines(keepends=True)
    for line in lines:
        if _KEPT.match(line) or _OWN.match(line):
            kept.append(line)
        elif error := _ERROR.match(line):
            kept.append(f"{error[1]}\n")
    return "".join([first, *kept])
