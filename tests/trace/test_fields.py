"""Every field of a trace against a run by hand, for every kind of model.

The ordinary suite takes the kinds in which every single value occurs, `-m slow` all pairs of values.
"""

import keras
import numpy as np
import pytest
from by_hand import END, START, close, encoder_states, greedy, limit_of
from model_kinds import CONTEXTS, FED, KINDS, USUAL_KINDS, name_of, random_translator

from keras_s2s.text.encoding import utf8

TEXT = "3. Mai: Äpfel"
ALL_KINDS = [pytest.param(kind, id=name_of(kind), marks=() if kind in USUAL_KINDS else pytest.mark.slow)
             for kind in KINDS]


@pytest.fixture(scope="module", params=ALL_KINDS)
def kind(request):
    """A kind, its translator, a trace."""
    translator = random_translator(request.param)
    return request.param, translator, translator.trace(TEXT, top_k=4)


@pytest.fixture(scope="module")
def translator(kind):
    return kind[1]


@pytest.fixture(scope="module")
def trace(kind):
    return kind[2]


@pytest.fixture(scope="module")
def ids(translator):
    return translator.graph.encode_source([utf8(TEXT)])[0].numpy()


@pytest.fixture(scope="module")
def by_hand(translator, ids):
    return greedy(translator.model, ids, limit_of(translator, ids))


def layers(state):
    return [{name: np.asarray(own[name])[0] if name in own else None for name in ("hidden", "cell")}
            for _, own in sorted(state["cells"].items())]


def same_layers(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert list(one) == ["hidden", "cell"]
        close(one["hidden"], other["hidden"])
        close(one["cell"], other["cell"])


def test_what_the_model_is(kind, trace):
    made, translator, _ = kind
    attends = made["context"] not in CONTEXTS
    assert (trace.schema_version, trace.model, trace.kind) == (1, "random", "text")
    assert trace.attend_order == (made["context"].removesuffix(FED) if attends else None)
    assert trace.context_use == (made["context"] if not attends else
                                 "input_feeding" if made["context"].endswith(FED) else None)
    assert (trace.readout, trace.cell, trace.score_formula) == (made["readout"], made["decoder_cell"], made["score"])
    tokens = [token.decode() for token in translator.graph.encode_source([utf8(TEXT)])[1].numpy()[0]]
    assert trace.source == {"text": TEXT, "tokens": tokens, "truncated": False, "frames": None, "grid": None,
                            "picture": None}
    assert len(tokens) == len(trace.source_embeddings) and trace.beam is None


def test_the_encoder(translator, trace, ids):
    embeddings, forward, backward, values = encoder_states(translator.model.encoder, ids)
    close(trace.source_embeddings, embeddings)
    close(trace.encoder_states["forward"], forward)
    close(trace.encoder_states["backward"], backward)
    close(trace.encoder_states["values"], values)
    _, state = translator.model.encode(ids)
    same_layers(trace.initial_state, layers(state))


def test_the_steps(translator, trace, by_hand):
    vocabulary = translator.target.get_vocabulary()
    assert trace.target_tokens == [step.token for step in trace.steps] == [vocabulary[one["id"]] for one in by_hand]
    assert len(by_hand) > 2
    for step, one in zip(trace.steps, by_hand, strict=True):
        for name in ("input_embedding", "query", "scores", "weights", "context", "attention_vector"):
            close(getattr(step, name), None if one[name] is None else np.asarray(one[name])[0], name)
        same_layers(step.previous_state, layers(one["before"]))
        same_layers(step.state, layers(one["after"]))
        close(step.coverage, np.asarray(one["after"]["coverage"])[0] if "coverage" in one["after"] else None)
        if trace.cell == "simple_rnn":
            assert step.gates is None
        else:
            assert len(step.gates) == len(one["gates"])
            for own, layer in zip(step.gates, sorted(one["gates"]), strict=True):
                assert set(own) == set(one["gates"][layer])
                for name in own:
                    close(own[name], np.asarray(one["gates"][layer][name])[0], name)
        first = END if translator.model.decoder.first_input == "end" else START
        assert step.input_token == vocabulary[first if one["previous"] == START else one["previous"]]
        assert step.overridden is None


def test_the_likeliest_tokens(translator, trace, by_hand):
    vocabulary = translator.target.get_vocabulary()
    for step, one in zip(trace.steps, by_hand, strict=True):
        probabilities = np.asarray(keras.ops.softmax(one["logits"]))
        order = [index for index in np.argsort(-one["logits"]) if index not in (0, 2)][:4]
        assert [entry["token"] for entry in step.top_k] == [vocabulary[index] for index in order]
        np.testing.assert_allclose([entry["probability"] for entry in step.top_k], probabilities[order], atol=1e-5)
        assert step.top_k[0]["token"] == step.token


def test_the_equations_hold(kind, trace):
    """What the views draw: one tensor follows from the others."""
    made, translator, _ = kind
    values, before = trace.encoder_states["values"], trace.initial_state
    covered, sums = 0.0, made["residual"] and made["decoder_layers"] > 1
    for step in trace.steps:
        same_layers(step.previous_state, before)
        before = step.state
        if trace.attend_order is not None:
            if made["score"] != "local":
                exponentials = np.exp(step.scores - step.scores.max())
                close(step.weights, exponentials / exponentials.sum())
            close(step.context, step.weights @ values)
            covered = covered + step.weights
        if trace.attend_order == "before":
            close(step.query, step.previous_state[-1]["hidden"])
        if trace.attend_order == "after" and not sums:
            close(step.query, step.state[-1]["hidden"])
        if made["score"] == "coverage":
            close(step.coverage, covered)
        if made["readout"] == "state" and not sums:
            close(step.attention_vector, step.state[-1]["hidden"])
        for old, new, gates in zip(step.previous_state, step.state, step.gates or [], strict=False):
            if trace.cell == "gru":
                close(new["hidden"], gates["update"] * old["hidden"] + (1 - gates["update"]) * gates["candidate"])
            else:
                close(new["cell"], gates["forget"] * old["cell"] + gates["input"] * gates["candidate"])
                if not made["layer_normalization"]:
                    close(new["hidden"], gates["output"] * np.tanh(new["cell"]))
        logits = np.array(translator.model.decoder.logits(step.attention_vector[None]))[0]
        logits[[0, 2]] = -np.inf
        assert translator.target.get_vocabulary()[logits.argmax()] == step.token


def test_the_schema_accepts_it(trace, validator):
    validator.validate(trace.to_dict())


def test_a_row_put_in_place_of_itself_changes_nothing(translator, trace):
    if trace.attend_order is None:
        return
    rows = {place: step.weights for place, step in enumerate(trace.steps)}
    same = translator.intervene(TEXT, attention=rows)
    assert same.after.target_tokens == trace.target_tokens and same.changed == same.removed == []
    for one, other in zip(trace.steps, same.after.steps, strict=True):
        assert other.overridden == ["weights"]
        for name in ("query", "scores", "weights", "context", "coverage", "attention_vector"):
            close(getattr(other, name), getattr(one, name), name)


def test_mute(translator, trace, ids):
    if trace.attend_order is None:
        return
    muted = [0, 2]
    after = translator.intervene(TEXT, mute=muted).after
    by_hand = greedy(translator.model, ids, min(limit_of(translator, ids), 5), muted)
    vocabulary = translator.target.get_vocabulary()
    assert after.target_tokens[:5] == [vocabulary[one["id"]] for one in by_hand]
    for step, one in zip(after.steps, by_hand, strict=False):
        assert step.overridden == ["mask"] and not step.weights[muted].any()
        close(step.weights, np.asarray(one["weights"])[0])
        close(step.context, step.weights @ trace.encoder_states["values"])
        if trace.score_formula != "local":
            assert step.weights.sum() == pytest.approx(1, abs=1e-5)
    close(after.encoder_states["values"], trace.encoder_states["values"])
