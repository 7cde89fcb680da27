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
