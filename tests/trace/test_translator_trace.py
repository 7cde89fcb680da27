"""`Translator.trace`: the tokens of a call, the beam's tree, unusual and bad input."""

import json

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.layers import AttentionDecoder, BahdanauAttention, RNNEncoder
from keras_s2s.model import Seq2Seq
from keras_s2s.search import Greedy
from keras_s2s.tracer import Tracer
from keras_s2s.translator import Translator

UNUSUAL = ["", " ", "a", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\u202e\u0645\u0627\u0631\u0633",
           "<script>alert(1)</script>", "cat " * 300, "\ud83d cat", "the\ncat\t\x00", "</s> <s> <unk>"]
EVERY = pytest.mark.parametrize("which", ["tiny", "pieces", "words", "without_attention"])


@pytest.fixture
def translator(which, request):
    return request.getfixturevalue(which)


@EVERY
def test_tokens_of_a_call(which, translator, validator, eager):
    call = translator if which == "tiny" else eager(translator)  # once as it is called, compiled
    answers = call(UNUSUAL)
    for text, answer in zip(UNUSUAL, answers, strict=True):
        trace = translator.trace(text)
        assert (trace.target_tokens, trace.source["tokens"]) == (answer.tokens, answer.source_tokens)
        validator.validate(json.loads(trace.to_json().encode()))
    assert trace.source["text"] == UNUSUAL[-1]
    assert translator.trace("\ud83d cat").source["text"] == "\ufffd cat"


@pytest.mark.parametrize("which, options", [
    ("tiny", {"beam_size": 4}), ("pieces", {"beam_size": 3, "coverage_penalty": 0.2, "length_normalization": "gnmt"}),
    ("words", {"prefix": "der zebra"}), ("tiny", {"beam_size": 3, "prefix": "0-", "min_length": 4, "max_length": 9}),
    ("tiny", {"forbid": ("0",), "no_repeat_ngram": 2, "repetition_penalty": 1.5}),
    ("without_attention", {"beam_size": 3, "early_stopping": False})])
def test_tokens_of_a_call_with_options(translator, options, eager):
    texts = ["the cat sat", "", "ab" * 20]
    for text, answer in zip(texts, eager(translator)(texts, **options), strict=True):
        trace = translator.trace(text, **options)
        assert trace.target_tokens == answer.tokens
        given = [step.overridden == ["token"] for step in trace.steps]
        assert given == [place < sum(given) for place in range(len(given))]  # the prefix, and nothing else
        assert any(given) == ("prefix" in options and bool(text))


def test_an_unknown_word_of_a_prefix_stays(words):
    trace = words.trace("the cat", prefix="zebra der")
    assert trace.target_tokens[:2] == ["zebra", "der"]
    assert [step.input_token for step in trace.steps[:3]] == ["<s>", "zebra", "der"]


def path_to(nodes, node):
    """The tokens that lead to a node."""
    places = {(one["step"], one["slot"]): one for one in nodes}
    tokens = []
    while True:
        tokens.insert(0, node["token"])
        if node["step"] == 0:
            assert node["parent"] is None
            return tokens
        node = places[node["step"] - 1, node["parent"]]
        assert not node["finished"]


@pytest.mark.parametrize("which, options", [
    ("tiny", {}), ("tiny", {"coverage_penalty": 0.2, "alpha": 0.6}), ("pieces", {"early_stopping": False}),
    ("without_attention", {"length_normalization": "gnmt", "alpha": 0.6})])
def test_the_tree_holds_what_the_beam_found(translator, options, eager):
    text, size, call = "the cab sat on", 4, eager(translator)
    trace = translator.trace(text, beam_size=size, **options)
    best = call(text, beam_size=size, n_best=size, **options)
    answers = {tuple(one.tokens): one.score for one in best.n_best}
    ended = {tuple(path_to(trace.beam, node)): node["score"] for node in trace.beam if node["finished"]}
    assert trace.target_tokens == best.tokens and tuple(best.tokens) in ended
    assert ended[tuple(best.tokens)] == pytest.approx(best.score, abs=1e-4)
    shared = ended.keys() & answers.keys()
    assert tuple(best.tokens) in shared
    for tokens in shared:
        assert ended[tokens] == pytest.approx(answers[tokens], abs=1e-4)
    for step in range(max(node["step"] for node in trace.beam) + 1):
        nodes = [node for node in trace.beam if node["step"] == step]
        slots = [node["slot"] for node in nodes]
        assert slots == sorted(set(slots)) and slots[-1] < size
        scores = [node["score"] for node in nodes]
        assert scores == sorted(scores, reverse=True) and scores[-1] > -100
    paths = [tuple(path_to(trace.beam, node)) for node in trace.beam]
    assert len(set(paths)) == len(paths)
    assert len([node for node in trace.beam if node["step"] == 1]) > 1


def test_a_beam_that_reaches_the_limit(tiny):
    trace = tiny.trace("the cat", beam_size=2, min_length=3, max_length=4)
    assert all(node["finished"] == (node["step"] == 3) for node in trace.beam)
    assert len(trace.steps) == 4


def test_an_empty_text_has_no_steps(tiny):
    for beam_size, nodes in ((1, None), (3, [])):
        trace = tiny.trace("", beam_size=beam_size)
        assert (trace.steps, trace.target_tokens, trace.beam) == ([], [], nodes)
        assert trace.source["tokens"] == ["</s>"] and trace.source_embeddings.shape == (1, 12)


def test_the_number_of_alternatives(tiny):
    assert [len(tiny.trace("cat", top_k=number).steps[0].top_k) for number in (1, 3, 999)] == [
        1, 3, tiny.target.vocabulary_size() - 2]


def test_new_weights_count(pieces, tiny_directory):
    """The graphs read the weights anew: a model may be trained on."""
    loaded = Translator.load(tiny_directory)
    before = loaded.trace("the cat")
    loaded.model.decoder.output_projection.bias.assign_add(
        np.eye(loaded.target.vocabulary_size(), dtype="float32")[5] * 100)
    assert {step.token for step in loaded.trace("the cat").steps} == {loaded.target.get_vocabulary()[5]}
    assert before.target_tokens != loaded.trace("the cat").target_tokens


def test_sequences_of_features():
    """What sound and pictures will be: frames in, a span for each."""
    model = Seq2Seq(RNNEncoder(None, units=4), AttentionDecoder(9, 6, BahdanauAttention(6)))
    model.build({"source": (None, None, 3)})
    chance = np.random.default_rng(1)
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.8, variable.shape))
    frames = chance.normal(size=(1, 5, 3)).astype("float32")
    spans = np.stack([np.arange(5), np.arange(1, 6)], axis=1).astype("float32")
    trace = Tracer(model, ["", "<unk>", "<s>", "</s>", *"abcde"]).run(
        frames, {"frames": spans}, Greedy(), 6, kind="audio")
    assert (trace.kind, trace.source["tokens"]) == ("audio", None)
    np.testing.assert_array_equal(trace.source_embeddings, frames[0])
    found = model.generate(frames, limit=[6])
    assert [step.token for step in trace.steps] == [["", "<unk>", "<s>", "</s>", *"abcde"][index]
                                                    for index in found["ids"][0]]
    np.testing.assert_allclose(trace.weights, found["attention"][0], atol=1e-5)


@pytest.mark.parametrize("given, message", [
    ({"text": 3}, "got int in place of text"), ({"text": ["a"]}, "got list in place"), ({"text": None}, "NoneType"),
    ({"prefix": 3}, "got int"), ({"prefix": "0" * 30}, "30 tokens"), ({"beam_size": 0}, "beam_size=0"),
    ({"top_k": 0}, "top_k=0"), ({"top_k": 2.5}, "top_k=2.5"), ({"top_k": True}, "top_k=True"),
    ({"samples": 3}, "a trace with samples"), ({"beam_size": 3, "n_best": 2}, "a trace with n_best"),
    ({"unknown": "replace"}, "a trace with unknown='replace'"), ({"jit_compile": True}, "a trace with jit_compile"),
    ({"forbid": ("zebra",)}, "'zebra' is to be forbidden")])
def test_refused(tiny, given, message):
    with pytest.raises(UserError, match=f"(?i){message}"):
        tiny.trace(**{"text": "the cat", **given})


def test_only_of_one_model(tiny, sibling, tmp_path):
    with pytest.raises(UserError, match="An ensemble cannot be traced"):
        Translator.ensemble([tiny, sibling]).trace("a")
    unloaded = Translator(None, None, None)
    for ask in (unloaded.trace, unloaded.intervene):
        with pytest.raises(UserError, match="A SavedModel cannot be traced"):
            ask("a")
