"""Answering every kind of question as a trainee does: through the controls on the page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

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
from grader.library.encounter import Item

CHECK = re.compile("^check my answers", re.I)


def question(bench: Locator, number: int) -> Locator:
    """One question of a workbench, counted from 1."""
    return bench.locator(".cbp-item").nth(number - 1)


def give(question: Locator, item: Item, answer: Answer) -> None:
    """Answer one question."""
    texts = {choice.id: choice.text for choice in (*item.choices, *item.prompts)}
    match answer:
        case CodesAnswer(codes):
            _add(question, codes)
        case NoteAnswer(text):
            question.get_by_role("textbox").fill(text)
        case ChoiceAnswer(choice):
            question.get_by_role("radio", name=texts[choice], exact=True).check()
        case ChoicesAnswer(choices):
            for choice in choices:
                question.get_by_role("checkbox", name=texts[choice], exact=True).check()
        case PairsAnswer(pairs):
            for prompt, choice in pairs.items():
                question.get_by_role("combobox", name=texts[prompt], exact=True).select_option(choice)
        case OrderAnswer(order):
            _arrange(question, [texts[step].rstrip(".") for step in order])
        case FieldsAnswer(fields):
            labels = {field.id: field.label for field in item.fields}
            for name, value in fields.items():
                question.get_by_role("textbox", name=labels[name], exact=True).fill(value)
        case PassagesAnswer(passages):
            for place in passages:
                question.locator(f'input[type=checkbox][value="{place}"]').check()
        case AuditAnswer(verdicts, missing):
            for code, verdict in verdicts.items():
                group = question.get_by_role("radiogroup", name=re.compile(re.escape(code)))
                group.get_by_role(
                    "radio", name="Right" if verdict == "right" else "Not right", exact=True
                ).check()
            _add(question, missing)


def _add(question: Locator, codes: tuple[str, ...]) -> None:
    for code in codes:
        box = question.get_by_role("combobox", name="Find a code")
        box.fill(code)
        box.press("Enter")
        expect(question.get_by_role("button", name=re.compile(f"Remove.*{re.escape(code)}"))).to_be_visible()


def _arrange(question: Locator, steps: list[str]) -> None:
    """Bring each step to its place with the keyboard, then say that the order is meant."""
    for place, step in enumerate(steps):
        up = question.get_by_role("button", name=f"Move up “{step}”", exact=True)
        for _ in range(len(steps)):
            rows = question.locator(".cbp-steps li").all_inner_texts()
            if step in rows[place]:
                break
            up.focus()
            up.press("Enter")
    keep = question.locator(".cbp-keep")
    if keep.get_attribute("aria-disabled") != "true":
        keep.click()
