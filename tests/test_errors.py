import pickle

import pytest

from keras_s2s.errors import UserError


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("there is no preset x", "There is no preset x."),
        ("names.tsv, line 3, is blank", "names.tsv, line 3, is blank."),
        ("keras-s2s presets describes them", "keras-s2s presets describes them."),
        ("--set model.units was given", "--set model.units was given."),
        ("model.units is abc", "model.units is abc."),
        ("did you mean model.units?", "Did you mean model.units?"),
        ("expected 2: source TAB target", "Expected 2: source TAB target."),
        ("expected at least 20", "Expected at least 20."),
        ("choose two with --columns 1,2", "Choose two with --columns 1,2"),
        ("for example model.cell=gru", "For example model.cell=gru"),
        ("convert it: iconv -f LATIN1 < a > b.tsv", "Convert it: iconv -f LATIN1 < a > b.tsv"),
        ("look into /some/path", "Look into /some/path"),
        ("it is damaged (not a gzip file)", "It is damaged (not a gzip file)."),
        ("says 'no'", "Says 'no'."),
        ("done.", "Done."),
        ("straße", "straße"),
    ],
)
def test_parts_become_sentences_without_changing_what_may_be_copied(part, sentence):
    assert str(UserError("", part, "")) == sentence


def test_message_has_a_line_for_each_part_and_keeps_the_parts():
    error = UserError("it is a", "expected b", "choose b")
    assert str(error) == "It is a.\nExpected b.\nChoose b."
    assert (error.given, error.expected, error.fix) == ("it is a", "expected b", "choose b")
    assert isinstance(error, ValueError)


def test_error_travels_between_processes():
    error = pickle.loads(pickle.dumps(UserError("it is a", "expected b", "choose b")))
    assert str(error) == "It is a.\nExpected b.\nChoose b."
