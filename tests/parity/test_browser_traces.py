"""Traces and interventions: the browser writes what Python writes."""

import json

import jsonschema
import numpy as np
import pytest
from model_kinds import USUAL_KINDS, name_of
from trace_comparison import assert_same_trace

from keras_s2s.errors import UserError
from keras_s2s.trace import SCHEMA_PATH
from keras_s2s.translator import Translator

pytestmark = [pytest.mark.parity, pytest.mark.browser]
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA_PATH.read_text(encoding="utf-8")))
NAMES = {"beamSize": "beam_size", "topK": "top_k", "minLength": "min_length", "maxLength": "max_length",
         "coveragePenalty": "coverage_penalty", "lengthNormalization": "length_normalization",
         "noRepeatNgram": "no_repeat_ngram", "maxLengthRatio": "max_length_ratio"}
# None, and the attentions that remember or look at a window. The others take minutes.
FEW = {kind["score"]: kind for kind in reversed(USUAL_KINDS)
       if kind["score"] in (None, "local", "coverage")}.values()
KINDS = [pytest.param(kind, id=name_of(kind), marks=() if kind in FEW else pytest.mark.slow) for kind in USUAL_KINDS]


def in_python(options):
    """The browser's options with Python's names and its numbers as steps."""
    return {NAMES.get(name, name): {int(step): one for step, one in value.items()}
            if name in ("force", "attention") else value for name, value in options.items()}


def assert_same(page, translator, text, **options):
    """The same trace, and what Python's is."""
    found = page.evaluate("([text, options]) => model.trace(text, options)", [text, options])
    VALIDATOR.validate(found)
    expected = translator.trace(text, **in_python(options))
    assert_same_trace(found, expected.to_dict())
    return expected


def assert_same_intervention(page, translator, text, **options):
    found = page.evaluate("([text, options]) => model.intervene(text, options)", [text, options])
    expected = translator.intervene(text, **in_python(options))
    assert (found["changed"], found["removed"]) == (expected.changed, expected.removed)
    for name in ("before", "after"):
        VALIDATOR.validate(found[name])
        assert_same_trace(found[name], getattr(expected, name).to_dict(), name)
    return expected


@pytest.fixture(scope="module")
def dates(tmp_path_factory):
    translator = Translator.load("dates")
    return translator, translator.export_tfjs(tmp_path_factory.mktemp("dates") / "page")


@pytest.fixture(scope="module")
def page(dates, with_model):
    with with_model(dates[1]) as page:
        yield page


@pytest.mark.parametrize("options", [
    {}, {"prefix": "20", "topK": 3}, {"beamSize": 4}, {"beamSize": 3, "prefix": "2", "coveragePenalty": 0.2},
    {"noRepeatNgram": 1, "maxLength": 6}, {"beamSize": 5, "lengthNormalization": "none", "minLength": 12}],
    ids=lambda options: "-".join(options) or "greedy")
def test_dates(dates, page, options):
    assert_same(page, dates[0], "march 3rd, 1999", **options)


@pytest.mark.parametrize("text", ["", "9" * 300, "\ud800 1.2.2003", "\ufeff5 May 2005"],
                         ids=["empty", "long", "half_a_pair", "mark"])
def test_odd_texts(dates, page, text):
    # Half a pair does not come through a pipe: written as JavaScript does.
    found = page.evaluate(f"model.trace({json.dumps(text)}, {{ maxLength: 4 }})")
    VALIDATOR.validate(found)
    assert_same_trace(found, dates[0].trace(text, max_length=4).to_dict())


CHANGES = [
    {"force": {"1": "9", "5": "</s>"}}, {"mute": [0, 1, 2]}, {"attention": {"0": [0, 0, 3, 1] + [0] * 12}},
    {"swap": {"march": "may", "3rd": "4th"}},
    {"swap": {"march": "april"}, "force": {"2": "5", "6": "1"}, "mute": [1],
     "attention": {"4": [0.5] + [0] * 14 + [0.5]}, "prefix": "1"}]


@pytest.mark.parametrize("changes", [
    *CHANGES, *({**changes, "beamSize": 4} for changes in CHANGES[::4]),
    *(pytest.param({**changes, "beamSize": 4}, marks=pytest.mark.slow) for changes in CHANGES[1:4]),
    {"mute": 4, "swap": "5 June 2011"}], ids=lambda changes: "-".join(changes))
def test_interventions(dates, page, changes):
    run = assert_same_intervention(page, dates[0], "march 3rd, 1999", **changes)
    assert any(step.overridden for step in run.after.steps) or "swap" in changes


REFUSED = [
    {}, {"force": {"0": "zebra"}}, {"force": {"99": "1"}}, {"force": {"0": "1"}, "prefix": "20"}, {"mute": 99},
    {"mute": list(range(16))}, {"attention": {"0": [1, 2]}}, {"attention": {"0": [0] * 16}}, {"swap": {"dog": "cat"}},
    {"mute": 0, "attention": {"0": [1] * 16}}, {"mute": 0, "samples": 4}, {"mute": 0, "beamSize": 0},
    {"mute": 0, "unknown": "replace"}, {"mute": 0, "prefix": "1" * 300}, {"swap": "", "force": {"0": "1"}},
    {"mute": 0, "topK": 0}, {"force": {"20": "1"}}]


def test_the_same_is_refused(dates, page):
    messages = page.evaluate("""(all) => Promise.all(all.map((options) =>
        model.intervene("march 3rd, 1999", options).then(() => "", (error) => error.name + ": " + error.message)))""",
                             REFUSED)
    for options, message in zip(REFUSED, messages, strict=True):
        with pytest.raises(UserError):
            dates[0].intervene("march 3rd, 1999", **in_python(options))
        assert message.startswith("UserError: ") and message.count(". ") >= 2, (options, message)


def test_nothing_is_left_on_the_device(page):
    before, after = page.evaluate("""async () => {
      const memory = async () => (await model.memory()).numTensors;
      await model.trace("may 1");
      const before = await memory();
      await model.trace("may 2", { beamSize: 3, prefix: "1" });
      await model.intervene("may 2", { mute: 1, force: { 2: "3" }, beamSize: 2 });
      await model.intervene("may 2", { force: { 200: "3" } }).catch(() => undefined);
      const stopped = new AbortController();
      const run = model.trace("may 3", { signal: stopped.signal, beamSize: 4 });
      setTimeout(() => stopped.abort(), 5);
      await run.catch(() => undefined);
      return [before, await memory()];
    }""")
    assert before == after


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(kind, random_page, with_model):
    translator, folder = random_page(kind)
    with with_model(folder) as page:
        assert_same(page, translator, "Mi., 14.7.1789")
        run = assert_same(page, translator, "Übung macht den Meister – oft.", beamSize=3)
        changes = {"force": {"1": run.target_tokens[0]}, "swap": {"den": "1.000.000"}}
        if translator.model.decoder.attends:
            places = len(translator.trace("Übung macht 1.000.000 Meister – oft.", max_length=1).source["tokens"])
            changes |= {"mute": [0], "attention": {"2": np.eye(places)[1].tolist()}}
        assert_same_intervention(page, translator, "Übung macht den Meister – oft.", **changes, beamSize=2)
