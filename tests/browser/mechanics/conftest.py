"""A page with nothing but `<seq2seq-mechanics>`, under a policy that forbids what the component does not need."""

import html
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

ASSETS = Path(__file__).resolve().parents[3] / "keras_s2s" / "assets" / "mechanics"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:"


@pytest.fixture
def show(page, serve, tmp_path) -> Callable:
    """`show(trace, link="", **attributes)` opens a trace in the component and gives the page."""

    def open_page(trace: dict, link: str = "", width: int = 1200, other: dict | None = None, **attributes: str):
        shutil.copy(ASSETS / "mechanics.js", tmp_path)
        attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
        for name, data in (("src", trace), ("compare", other)):
            if data is not None:
                (tmp_path / f"{name}.json").write_text(json.dumps(data), "utf-8")
                attributes[name] = f"{name}.json"
        written = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        (tmp_path / "index.html").write_text(
            '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
            f'<script type="module" src="mechanics.js"></script><seq2seq-mechanics {written}></seq2seq-mechanics>',
            "utf-8")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(serve(tmp_path, POLICY) + (f"#{link}" if link else ""))
        page.wait_for_selector(".pane >> nth=0" if other is None else ".pane >> nth=1")
        return page

    return open_page


@pytest.fixture(scope="session")
def dates(translator) -> dict:
    """The trace of a date through the shipped model."""
    return json.loads(translator.trace("march 3rd, 1999").to_json())


def made_up(source: list[str], target: list[str], units: int = 8) -> dict:
    """A trace of these tokens with numbers drawn at random: what a text does to the page needs no model."""
    chance = np.random.default_rng(4)

    def vector(size=units):
        return chance.uniform(-1, 1, size).round(5).tolist()

    def state():
        return [{"hidden": vector(), "cell": None}]

    width = len(source)
    weights = chance.dirichlet(np.full(width, 0.2), len(target))
    steps = [{
        "input_token": target[step - 1] if step else "<s>", "input_embedding": vector(), "previous_state": state(),
        "query": vector(), "scores": np.log(row + 1e-9).tolist(), "weights": row.tolist(), "context": vector(),
        "coverage": None, "state": state(), "attention_vector": vector(),
        "gates": [{name: chance.uniform(0, 1, units).tolist() for name in ("update", "reset", "candidate")}],
        "top_k": [{"token": token, "probability": 0.6}, {"token": source[0], "probability": 0.1}], "token": token,
        "overridden": None} for step, (token, row) in enumerate(zip(target, weights, strict=True))]
    return {
        "schema_version": 1, "model": "<b>made up</b>", "kind": "text",
        "source": {"text": "".join(source[:-1]), "tokens": source, "frames": None, "grid": None, "picture": None},
        "target_tokens": target, "attend_order": "after", "context_use": None, "readout": "attention_vector",
        "cell": "gru", "score_formula": "bahdanau", "source_embeddings": [vector() for _ in source],
        "encoder_states": {"forward": [[vector() for _ in source]], "backward": [[vector() for _ in source]],
                           "values": [vector() for _ in source]},
        "initial_state": state(), "steps": steps,
        "beam": [{"step": step, "slot": 0, "parent": 0 if step else None, "token": token, "score": -0.5,
                  "finished": step == len(target) - 1} for step, token in enumerate(target)] or None}


@pytest.fixture(name="made_up", scope="session")
def made_up_fixture() -> Callable:
    """`made_up(source, target, units=8)`."""
    return made_up
