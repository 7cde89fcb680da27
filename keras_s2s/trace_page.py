"""Traces as a page in one file, which shows them without a network."""

import base64
import hashlib
import html
import json
import re
from importlib import resources
from string import Template

_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>$style</style>
</head>
<body>
<seq2seq-mechanics$attributes></seq2seq-mechanics>
<script type="application/json" id="traces">$traces</script>
<script type="module">$component</script>
<script type="module">$start</script>
</body>
</html>
""")

_STYLE = ":root { color-scheme: light dark } body { margin: 0 }"

_START = """
const element = document.querySelector("seq2seq-mechanics");
const [trace, compare] = JSON.parse(document.getElementById("traces").textContent);
element.trace = trace;
if (compare !== undefined) element.compare = compare;
// The keys of the time work at once; a frame in another page must not take its focus.
if (element.getAttribute("fragment") !== "off") element.focus({ preventScroll: true });
"""


def trace_page(traces, fragment=True):
    """HTML that holds everything it needs: the traces, and `<seq2seq-mechanics>`, which draws them.

    Its Content-Security-Policy allows the two scripts and the style that it was made with, by their hashes, and nothing
    else: no word of a text or of a vocabulary can become code, and no address is ever asked for.

    Args:
        traces: one `Trace`, or two to be shown side by side, in a list.
        fragment: bool. Whether the page's address holds the view, so that a link leads to a step. Defaults to `True`;
            pages inside of other pages must not.

    Returns:
        a string.
    """
    component = (resources.files("keras_s2s") / "assets" / "mechanics" / "mechanics.js").read_text("utf-8")
    # What an HTML parser would take for the script's end stands in the script's strings at most.
    component = re.sub(r"<(?=!--|/script)", r"\\x3C", component, flags=re.IGNORECASE)
    policy = (f"default-src 'none'; script-src {_hash(component)} {_hash(_START)}; style-src {_hash(_STYLE)}; "
              "img-src data:; base-uri 'none'; form-action 'none'")
    first = traces[0]
    return _PAGE.substitute(
        policy=policy, title=html.escape(first.source["text"] or first.model), style=_STYLE,
        attributes="" if fragment else ' fragment="off"',
        traces=as_script_data([trace.to_dict() for trace in traces]), component=component, start=_START)


def notebook_frame(page, height):
    """HTML with a page in a frame of its own, which can neither see nor change the notebook.

    Args:
        page: HTML, from `trace_page`.
        height: int. In CSS pixels.
    """
    # In a division, for IPython warns of HTML that is a frame and nothing else.
    return (f'<div><iframe sandbox="allow-scripts" srcdoc="{html.escape(page)}" title="Trace" '
            f'style="width: 100%; height: {int(height)}px; border: 0"></iframe></div>')


def as_script_data(value):
    """JSON that can stand in a `<script>`: nothing in it ends the element or a line.

    >>> as_script_data("</script>")
    '"\\\\u003c/script>"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", r"\u003c").replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")


def _hash(script):
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
