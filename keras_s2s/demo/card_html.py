"""A model's card, how it is built and how well it does, as HTML."""

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.page_html import hint, isolated, table

if TYPE_CHECKING:
    from keras_s2s.demo.demo_model import DemoModel

_CODE = re.compile(r"`[^`\n]*`")
_WORST = 5
_SCORES = {"exact_match": "exact match", "character_error_rate": "character error rate", "bleu": "BLEU", "chrf": "chrF"}


def about_html(name: str, model: "DemoModel") -> str:
    """All that the model directory tells: the card; how the model is built; its scores, by group too; its worst errors.

    Args:
        name: The name that the demo gives it.
        model: The model.
    """
    left = _card(name, model)
    right = f"<h3>How it is built</h3>{_architecture(model)}{_results(model.directory)}"
    return (
        f'<div class="s2s-sides"><section class="s2s-card s2s-prose">{left}</section>'
        f'<section class="s2s-card">{right}</section></div>'
    )


def _card(name: str, model: "DemoModel") -> str:
    path = model.directory / "card.md" if model.directory else None
    if path is None or not path.is_file():
        description = model.translator.description or "This model has no card."
        return f"<h1>{escape(name)}</h1><p>{isolated(description)}</p>"
    from markdown_it import MarkdownIt

    # Without HTML of its own, and without pictures, which would be fetched from wherever the card says.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    # A bar in code ends no cell of a table.
    text = _CODE.sub(lambda code: code[0].replace("|", r"\|"), path.read_text(encoding="utf-8"))
    return str(markdown.render(text))


def _architecture(model: "DemoModel") -> str:
    translator = model.translator
    if translator.model is None:
        return hint("This is a SavedModel: it keeps no description of its parts.")
    encoder, decoder = (part.get_config() for part in (translator.model.encoder, translator.model.decoder))
    facts = {
        "weights": f"{translator.parameters:,}",
        "reads": f"{_tokenizer(translator.source)}; at most {translator.max_source_tokens} at a time",
        "writes": _tokenizer(translator.target),
        "encoder": f"{_cell(encoder)}, {encoder['direction']}",
        "decoder": _cell(decoder),
        "attention": _attention(translator.model.decoder),
    }
    rows = [(escape(what), escape(value)) for what, value in facts.items()]
    return table([], rows, "How the model is built")


def _cell(config: Mapping[str, Any]) -> str:
    names = {"gru": "GRU", "lstm": "LSTM", "simple_rnn": "simple RNN"}
    layers = f"{config['layers']} layers of " if config["layers"] > 1 else ""
    return f"{layers}{names.get(config['cell'], config['cell'])}, {config['units']} units"


def _attention(decoder: Any) -> str:
    if not decoder.attends:
        uses = {"initial": "in its first state", "every_step": "in every step", "both": "in its first state and in "
                "every step"}
        return f"none: the decoder reads one vector for the whole source {uses[decoder.context]}"
    fed = ", input feeding" if decoder.input_feeding else ""
    return f"{_spoken(decoder.attention)}, {decoder.attend} the cell{fed}"


def _spoken(layer: Any) -> str:
    """`BahdanauAttention` as `Bahdanau attention`."""
    words = re.findall(r"[A-Z][a-z]*", type(layer).__name__)
    return " ".join([words[0], *(word.lower() for word in words[1:])])


def _tokenizer(tokenizer: Any) -> str:
    kinds = {"CharacterTokenizer": "characters", "WordTokenizer": "words", "SentencePieceTokenizer": "pieces of words"}
    kind = kinds.get(type(tokenizer).__name__, type(tokenizer).__name__)
    return f"{kind}, {tokenizer.vocabulary_size():,} known"


def _results(directory: Path | None) -> str:
    path = directory / "results.json" if directory else None
    if path is None or not path.is_file():
        return hint("There are no results in the model directory.")
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
        part = next(name for name in ("test", "dev") if name in results)
        scored = results[part]
        return _scores(part, scored) + _groups(scored.get("groups", {})) + _worst(scored.get("worst", []))
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return hint("The results in the model directory cannot be read.")


def _scores(part: str, scored: Mapping[str, Any]) -> str:
    rows = []
    for key, name in _SCORES.items():
        value = scored.get(key)
        if isinstance(value, Mapping):
            rows.append((name, f'<span title="{escape(str(value["signature"]))}">{value["score"]:.1f}</span>'))
        elif value is not None:
            rows.append((name, f"{100 * value:.2f} %"))
    title = "On the test set" if part == "test" else "On the dev set"
    return f"<h3>{title}</h3>" + table(["score", f"{scored['count']:,} items"], rows, title, (1,))


def _groups(groups: Mapping[str, Any]) -> str:
    """Bars: the fraction of right answers in each group."""
    shown = ""
    for grouping, members in groups.items():
        rows = []
        for name, one in sorted(members.items(), key=lambda item: item[1]["exact_match"]):
            share = min(max(float(one["exact_match"]), 0.0), 1.0)
            bar = f'<span class="s2s-bar"><span style="width:{100 * share:.1f}%"></span></span>'
            rows.append((isolated(name), bar, f"{100 * share:.1f} %", f"{one['count']:,}"))
        label = f"exact match by {grouping}"
        shown += (
            f"<details><summary>{escape(label.capitalize())}</summary>"
            f"{table([grouping, '', 'exact match', 'items'], rows, label, (2, 3))}</details>"
        )
    return shown


def _worst(items: list[Mapping[str, Any]]) -> str:
    if not items:
        return ""
    rows = [(isolated(one["source"]), isolated(one["hypothesis"]), isolated(one["references"][0]))
            for one in items[:_WORST]]
    return "<h3>Where it goes wrong</h3>" + table(["text", "it wrote", "right"], rows, "The worst items")
