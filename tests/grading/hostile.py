"""What somebody might write to have a page run, load or show something else."""

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

ELSEWHERE = "http://evil.example"
# Whatever runs leaves this mark on the page's window.
RUN = "window.taken=1"
IMAGE = f"<img src=x onerror={RUN}>"
REFRESH = f'<meta http-equiv="refresh" content="0;url={ELSEWHERE}/refresh">'
MARKUP = (
    f"<script>{RUN}</script>",
    IMAGE,
    f"<svg onload={RUN}><script>{RUN}</script></svg>",
    f"<SVG/ONLOAD={RUN}>",
    f"<b onmouseover={RUN} onclick={RUN} style=position:fixed;inset:0>b</b>",
    f"<details open ontoggle={RUN}>d</details>",
    f'<a id=note href="javascript:{RUN}">c</a>',
    f'<a href="&#106;avascript:{RUN}">c</a>',
    f'<a href="data:text/html,<script>{RUN}</script>">d</a>',
    f'<iframe src="{ELSEWHERE}/frame"></iframe>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<base href="{ELSEWHERE}/">',
    f'<style>@import "{ELSEWHERE}/import.css"; body {{background: url({ELSEWHERE}/background)}}</style>',
    f'<link rel="stylesheet" href="{ELSEWHERE}/link.css">',
    f'<form action="{ELSEWHERE}/form"><button formaction="javascript:{RUN}">Go</button></form>',
    f'<img src="{ELSEWHERE}/pixel.png" srcset="{ELSEWHERE}/set.png 2x">',
    f'<video autoplay src="{ELSEWHERE}/film"></video><object data="{ELSEWHERE}/object"></object>',
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src=1 onerror={RUN}>'>",
    f"<noscript><p title='</noscript>{IMAGE}'></noscript>",
    f"</blockquote></div></textarea></title><script>{RUN}</script>",
    f"\"'>{IMAGE}",
    f"<!-- a --!>{IMAGE}<!-- b -->",
    f"<![CDATA[{IMAGE}]]><?php {IMAGE} ?>",
)
TEXTS = (
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&amp;lt;img src=x onerror={RUN}&amp;gt; &#60;img src=x onerror={RUN}&#62;",
    f"[click](javascript:{RUN}) [d](data:text/html,x) [e]({ELSEWHERE}/a 'b')",
    f"[f](files/javascript:{RUN}) [g](/files/files/javascript:{RUN})",
    f"![image]({ELSEWHERE}/i.png) ![a](attachment:missing)",
    f"<{ELSEWHERE}/auto> {ELSEWHERE}/bare www.evil.example <javascript:{RUN}>",
    f"[ref]: {ELSEWHERE}/ref",
    rf"$\href{{javascript:{RUN}}}{{x}}$ $$\require{{action}}\unicode{{x41}}\cssId{{a}}{{b}}$$",
    r"\(\def\x{\style{background:url(//evil.example/m)}{y}}\x\) \begin{equation}<i>z</i>\end{equation}",
    f"```mermaid\nclick A call {RUN}\n```",
    f"`</code>` ```</pre>{IMAGE}",
    "{{ 7*7 }} {% raw %}",
)
HOSTILE = (*MARKUP, REFRESH, *TEXTS)
UNSEEN = (
    "\x07\x1b[31m\x7f\x85\xad\u061c\u200b\u200d\u200f\u2028\u202e05.45M\u202c\u2066\u2069\ufeff\U000e0041"
)
SHOWN = (
    "⟦U+0007⟧⟦U+001B⟧[31m⟦U+007F⟧⟦U+0085⟧⟦U+00AD⟧⟦U+061C⟧⟦U+200B⟧⟦U+200D⟧⟦U+200F⟧⟦U+2028⟧"
    "⟦U+202E⟧05.45M⟦U+202C⟧⟦U+2066⟧⟦U+2069⟧⟦U+FEFF⟧⟦U+E0041⟧"
)
ORDINARY = "Temp < 38 & pain > 5/10, naïve “quote”, 肩こり, שלום, ألم الظهر, ปวดหลัง, ✔\ufe0f \U0001f600"


def hostile(answer: Answer) -> Answer:
    """Return an answer of the same shape with something hostile in every place that a trainee can fill."""
    names = [text[:80] for text in HOSTILE]
    match answer:
        case CodesAnswer():
            return CodesAnswer(tuple(text[:40] for text in (UNSEEN, *HOSTILE)))
        case NoteAnswer(text):
            # In the middle of every sentence, so that what is quoted as evidence holds it too.
            return NoteAnswer("\n".join([*HOSTILE, UNSEEN, text.replace(",", f" {IMAGE},")]))
        case ChoiceAnswer():
            return ChoiceAnswer(f"{UNSEEN}{IMAGE}")
        case ChoicesAnswer():
            return ChoicesAnswer(tuple(names))
        case OrderAnswer(order):
            return OrderAnswer((*order, *names))
        case PairsAnswer(pairs):
            return PairsAnswer(dict.fromkeys(pairs, IMAGE) | {name: name for name in names})
        case FieldsAnswer(fields):
            return FieldsAnswer(dict.fromkeys(fields, f"{UNSEEN}{IMAGE}") | {name: name for name in names})
        case PassagesAnswer(passages):
            return PassagesAnswer((*passages, *names))
        case AuditAnswer(verdicts):
            shown = dict.fromkeys(verdicts, IMAGE) | {name: name for name in names}
            return AuditAnswer(shown, tuple(text[:40] for text in HOSTILE))
