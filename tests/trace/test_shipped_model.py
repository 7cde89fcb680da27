"""What the README says of the shipped model's inside."""

import pytest

TEXT = "march 3rd, 1999"


@pytest.fixture(scope="module")
def dates():
    from keras_s2s.translator import Translator

    return Translator.load("dates")


@pytest.mark.parametrize("change, text, changed", [
    ({"force": {5: "1"}}, "1999-10-03", [5]), ({"mute": range(5)}, "1999-12-03", [5, 6]),
    ({"attention": {9: [0] * 11 + [1] + [0] * 4}}, "1999-03-01", [9]), ({"swap": {"march": "may"}}, "1999-05-03", [6])])
def test_interventions(dates, change, text, changed):
    found = dates.intervene(TEXT, **change)
    assert "".join(found.before.target_tokens) == "1999-03-03</s>"
    assert ("".join(found.after.target_tokens), found.changed) == (f"{text}</s>", changed)


def test_the_month_is_read_off_its_name(dates):
    step = dates.trace(TEXT).steps[6]
    assert step.token == "3" and step.weights[:5].sum() > 0.95 and step.gates[0]["update"].shape == step.query.shape
