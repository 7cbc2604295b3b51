"""A trainee's answer in words, as the instructor and the feedback show it; plain text, whoever escapes it."""

from __future__ import annotations

from grader.answers import (
    Answer,
    AuditAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    CodesAnswer,
    FieldsAnswer,
    NoteAnswer,
    OrderAnswer,
    PairsAnswer,
    PassagesAnswer,
)
from grader.library.encounter import Case, Item
from grader.visible import visible


def said(answer: Answer | None, item: Item, case: Case) -> str:
    """Return an answer in words, with what would not be seen named; a name that the item does not have stands for itself."""
    return visible(_words(answer, item, case))


def _words(answer: Answer | None, item: Item, case: Case) -> str:
    texts = {choice.id: choice.text for choice in (*item.choices, *item.prompts)}
    match answer:
        case CodesAnswer(codes):
            return ", ".join(codes)
        case NoteAnswer(text):
            return text
        case ChoiceAnswer(choice):
            return texts.get(choice, choice)
        case ChoicesAnswer(choices):
            return " · ".join(texts.get(choice, choice) for choice in choices)
        case OrderAnswer(order):
            return " → ".join(texts.get(step, step) for step in order)
        case PairsAnswer(pairs):
            return " · ".join(f"{texts.get(p, p)} – {texts.get(c, c)}" for p, c in pairs.items())
        case FieldsAnswer(fields):
            labels = {field.id: field.label for field in item.fields}
            return " · ".join(f"{labels.get(name, name)}: {value}" for name, value in fields.items())
        case PassagesAnswer(marked):
            chart = case.passages()
            return " · ".join(chart.get(place, place) for place in marked)
        case AuditAnswer(verdicts, missing):
            words = [f"{code} {verdict}" for code, verdict in verdicts.items()]
            return " · ".join([*words, *(f"{code} missing" for code in missing)])
        case None:
            return ""
