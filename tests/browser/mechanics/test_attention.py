"""The attention step by step: nothing is told before the step in which the model knows it."""

import numpy as np
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OPACITIES = "(all) => all.map((element) => Number(getComputedStyle(element).opacity))"


@pytest.mark.parametrize("order", ["after", "before"])
def test_states_fade_when_their_weights_are_multiplied_in(show, page, made_up, order):
    page.emulate_media(reduced_motion="reduce")
    trace = made_up([*"abcdef", "</s>"], [*"xyz", "</s>"]) | {"attend_order": order}
    show(trace, "view=attention&step=2&at=input")
    heading = page.locator(".attention-head > *").last
    for phase in ["input", "scores", "weights"]:
        page.evaluate(f"location.hash = '#view=attention&step=2&at={phase}'")
        expect(page.locator(".now")).to_contain_text(f"step 2 of 4 · {'softmax' if phase == 'weights' else phase}",
                                                     ignore_case=True)
        assert page.locator(".faded").evaluate_all(OPACITIES) == [1] * 7, phase
        expect(heading).to_have_text("encoder state")
    page.evaluate("location.hash = '#view=attention&step=2&at=context'")
    expect(heading).to_have_text("encoder state × weight")
    weights = np.array(trace["steps"][1]["weights"])
    np.testing.assert_allclose(page.locator(".faded").evaluate_all(OPACITIES), 0.04 + 0.96 * weights, atol=1e-3)


def test_words_of_seven_letters_are_not_cut_on_a_phone(show, made_up):
    words = ["ein", "mann", "einem", "grüner", "anstarrt"[:7]]
    page = show(made_up([*words, "orangefarbenen", "</s>"], ["a", "</s>"]), "view=attention&step=1", width=390)
    labels = page.locator(".attention-rows .token-label")
    assert labels.locator("bdi").all_text_contents()[:5] == words
    cut = labels.evaluate_all("(all) => all.map(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)")
    assert cut[:5] == [False] * 5


def test_scores_have_as_many_decimals(show, made_up):
    trace = made_up([*"abcd", "</s>"], ["x", "</s>"])
    trace["steps"][0]["scores"] = [-12.4321, -6.439, 0.5, 9.99, -0.00001]
    page = show(trace, "view=attention&step=1")
    assert page.locator(".bar.score .bar-text").all_text_contents() == ["−12.43", "−6.44", "0.50", "9.99", "0.00"]
