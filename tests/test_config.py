import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_s2s.config import (
    Config,
    config_differences,
    list_presets,
    load_config,
    preset_text,
    replace_values,
    resolve_sizes,
    size_for,
    smoke,
    to_yaml,
)
from keras_s2s.config.checking import described, option_schemas
from keras_s2s.config.sizes import LETTERS, SENTENCES, is_auto
from keras_s2s.config.writing import flatten
from keras_s2s.config.yaml_values import parse_yaml, yaml_value
from keras_s2s.errors import UserError

PRESETS = ("characters", "copy", "dates", "multi30k", "reverse", "sentences", "tatoeba")
# The automatic readout and bridge follow from the model's other options, not from the number of pairs.
AUTO = [
    name
    for name in option_schemas()
    if "auto" in described(option_schemas()[name]) and name not in ("model.readout", "model.bridge")
]


@pytest.fixture
def put(tmp_path):
    def write(text, name="mine.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refused(function, *arguments) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*arguments)
    return caught.value


# Presets


def test_presets_are_listed():
    assert list_presets() == sorted(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_preset_is_valid_and_names_itself(name):
    config = load_config(name)
    assert config.name == name
    assert config.description
    assert config.data.kind == ("pairs" if name in ("characters", "sentences") else name)


@pytest.mark.parametrize("name", PRESETS)
def test_preset_explains_every_option_as_the_schema_does(name):
    # Spaces aside, so that a value may be changed by hand without aligning its comment again.
    def words(text):
        return re.sub(r"[\s#]+", " ", text)

    assert words(preset_text(name)) == words(to_yaml(load_config(name)))


@pytest.mark.parametrize("name", ["characters", "sentences"])
def test_presets_for_own_data_are_sized_by_the_number_of_pairs(name):
    config = load_config(name)
    for option in (
        "model.units",
        "model.dropout",
        "model.embedding_units",
        "training.epochs",
        "training.batch_size",
    ):
        assert is_auto(config, option)


def test_multi30k_is_scored_as_its_authors_tokenised_it():
    config = load_config("multi30k")
    assert (config.evaluation.bleu_tokenize, config.target.tokenizer) == ("none", "word")
    assert not config.source.lowercase
    assert not config.source.split_punctuation


# Loading


def test_what_a_file_leaves_out_has_its_default(put):
    config = load_config(put("model:\n  cell: lstm\n"))
    assert config_differences(Config(), config) == [("model.cell", "gru", "lstm")]


def test_file_with_mark_windows_ends_and_comments(put):
    path = put("\ufeff# mine\r\nmodel: {cell: lstm}  # ok\r\nname: m\r\n")
    assert load_config(path).model.cell == "lstm"


def test_overrides_win_and_the_last_of_them(put):
    path = put("model:\n  units: 8\n  cell: lstm\n")
    config = load_config(path, ["model.units=16", "training.learning_rate=1e-3", "model.units=32"])
    assert (config.model.units, config.model.cell, config.training.learning_rate) == (32, "lstm", 0.001)


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("name=123", "123"),
        ("name=no", "no"),
        ("description=a: b = c", "a: b = c"),
        ("description=", ""),
        ("examples=[2020-01-31, yes, '1']", ["2020-01-31", "yes", "1"]),
        ("training.max_minutes=null", None),
        ("training.max_minutes=.5", 0.5),
        ("training.max_minutes=5", 5),
        ("training.label_smoothing=0", 0),
        ("model.dropout=auto", "auto"),
        ("data.header=true", True),
        ("data.columns=[2, 1]", [2, 1]),
        (" model.units =7", 7),
        ("model.units=010", 10),
    ],
)
def test_override_values_are_read_as_yaml(override, value):
    found = flatten(load_config("characters", [override]))[override.split("=")[0].strip()]
    assert found == value
    assert type(found) is type(value) or isinstance(found, float)


@pytest.mark.parametrize("override", ["data.source_language=no", "data.target_language=on"])
def test_languages_are_no_truth_values(override):
    assert override.rsplit("=")[-1] in str(refused(load_config, "multi30k", [override]))


def test_file_beats_a_missing_preset_and_preset_beats_a_file_of_its_name(put, monkeypatch, tmp_path):
    put("name: own\n", "own")
    put("name: other\n", "characters")
    monkeypatch.chdir(tmp_path)
    assert load_config("own").name == "own"
    assert load_config("characters").name == "characters"
    assert load_config("./characters").name == "other"


def test_model_directory_and_its_name_mistaken_for_a_preset(put, tmp_path):
    error = refused(load_config, tmp_path)
    assert "is a directory" in error.given
    put("name: x\n", "config.yaml")
    assert refused(load_config, tmp_path).fix == f"did you mean {tmp_path / 'config.yaml'}?"


# Errors


def test_unknown_preset_proposes_and_lists():
    error = refused(load_config, "charcters")
    assert (error.given, error.fix) == ("there is no preset charcters", "did you mean characters?")
    assert "characters, copy, dates, multi30k, reverse, sentences, tatoeba" in error.expected
    assert refused(preset_text, "zzz").fix == "keras-s2s presets describes them"


def test_missing_file_proposes_its_neighbour(put, tmp_path):
    put("name: x\n")
    assert refused(load_config, tmp_path / "mien.yaml").fix == f"did you mean {tmp_path / 'mine.yaml'}?"


@pytest.mark.parametrize(
    ("override", "fix"),
    [
        ("model.unit=3", "did you mean model.units?"),
        ("modle.units=3", "did you mean model.units?"),
        ("units=3", "did you mean model.units?"),
        ("training.dropout=0.1", "did you mean model.dropout?"),
        ("training.batchsize=8", "did you mean training.batch_size?"),
        ("lowercase=true", "did you mean source.lowercase or target.lowercase?"),
        ("modell=3", "did you mean model?"),
        ("zzz.qqq=3", "keras-s2s presets shows files to start from"),
        ("model=3", "set model.cell, model.encoder_layers, model.decoder_layers or another"),
        ("model.units.x=3", "did you mean model.units?"),
    ],
)
def test_unknown_option_of_set(override, fix):
    error = refused(load_config, "characters", [override])
    assert error.given.startswith(f"--set {override}: ")
    assert error.fix == fix


@pytest.mark.parametrize(
    ("text", "line", "fix"),
    [
        ("name: x\nmodle:\n  units: 3\n", 2, "did you mean model?"),
        ("name: x\nmodel:\n  cell: gru\n  unit: 3\n", 4, "did you mean model.units?"),
        ("units: 3\n", 1, "did you mean model.units?"),
        ("1: 3\n", 1, "keras-s2s presets shows files to start from"),
    ],
)
def test_unknown_option_of_a_file_names_the_line(put, text, line, fix):
    path = put(text)
    error = refused(load_config, path)
    assert error.given.startswith(f"{path}, line {line}: there is no option")
    assert error.fix == fix


@pytest.mark.parametrize(
    ("override", "expected", "fix"),
    [
        ("model.cell=grue", "one of gru, lstm, simple_rnn", "did you mean gru?"),
        ("model.cell=null", "one of gru, lstm, simple_rnn", "its default is gru"),
        ("model.units=3.0", "a whole number of at least 1, or auto", "its default is auto"),
        ("model.units=0", "a whole number of at least 1, or auto", "its default is auto"),
        ("model.units=true", "a whole number of at least 1, or auto", "its default is auto"),
        ("model.units='3'", "a whole number of at least 1, or auto", "its default is auto"),
        ("model.units=atuo", "a whole number of at least 1, or auto", "did you mean auto?"),
        ("model.dropout=1", "a number of at least 0 and below 1, or auto", "its default is auto"),
        ("model.dropout=.nan", "a number of at least 0 and below 1, or auto", "its default is auto"),
        ("training.learning_rate=-1", "a number above 0", "its default is 0.001"),
        ("training.learning_rate_decay=2", "a number above 0 and of at most 1", "its default is 0.5"),
        ("training.max_minutes=soon", "a number above 0, or null", "its default is null"),
        ("data.header=yes", "true or false", "its default is false"),
        ("data.header=1", "true or false", "its default is false"),
        (
            "data.columns=[1]",
            "a list [...] with 2 items, each item a whole number of at least 1, or null",
            None,
        ),
        (
            "data.columns=[1, 2, 3]",
            "a list [...] with 2 items, each item a whole number of at least 1, or null",
            None,
        ),
        (
            "data.columns='1,2'",
            "a list [...] with 2 items, each item a whole number of at least 1, or null",
            None,
        ),
        ("evaluation.metrics=[blue]", None, "did you mean bleu?"),
        ("evaluation.metrics=[]", None, None),
        ("examples=[1]", "a list [...], each item a text", "its default is []"),
        ("examples=x", "a list [...], each item a text", "its default is []"),
        ("name=a b", "letters, digits, dots, hyphens and underscores, a letter or digit first", None),
        ("name=a/b", None, None),
        ("format_version=2", "1", "install the version of keras_s2s that wrote it"),
    ],
)
def test_wrong_value(override, expected, fix):
    error = refused(load_config, "characters", [override])
    name = override.split("=")[0]
    assert error.given.startswith(f"--set {override}: {name} is ")
    assert expected is None or error.expected == f"expected {expected}"
    assert fix is None or error.fix == fix


def test_wrong_value_in_a_file_names_the_line(put):
    path = put("model:\n  cell: gru\n\n  units: big\n")
    assert refused(load_config, path).given == f"{path}, line 4: model.units is big"


def test_a_fault_of_the_file_is_not_laid_on_set(put):
    path = put("model:\n  units: big\n")
    assert refused(load_config, path, ["model.cell=gru"]).given.startswith(f"{path}, line 2")


@pytest.mark.parametrize(
    ("preset", "override", "part"),
    [
        ("characters", "source.split_punctuation=true", "source: the tokenizer is character"),
        ("sentences", "target.vocabulary_size=null", "target: the tokenizer is sentencepiece"),
        ("sentences", "target.min_count=2", "target: the tokenizer is sentencepiece and min_count is 2"),
        ("characters", "source.vocabulary_size=4", "source: vocabulary_size is 4"),
        ("characters", "data.source_language=de", "data.source_language is set"),
        ("dates", "data.columns=[1, 2]", "data.columns is set, and data.kind is dates"),
        ("multi30k", "data.header=true", "data.header is set"),
        ("multi30k", "data.target_language=de", "data.target_language de"),
        ("multi30k", "data.target_language=spa", "data.target_language is spa"),
        ("tatoeba", "data.source_language=spa", "data.source_language is spa"),
        ("tatoeba", "data.target_language=en", "data.target_language is en"),
        ("characters", "data.kind=tatoeba", "data.target_language is null"),
        ("characters", "data.subset=small", "data.subset is small"),
        ("characters", "data.dev_fraction=0.95", "data.dev_fraction is 0.95"),
        ("copy", "data.min_length=11", "data.min_length is 11 and data.max_length 10"),
        ("characters", "evaluation.metrics=[bleu, bleu]", "bleu twice"),
    ],
)
def test_options_that_do_not_go_together(preset, override, part):
    error = refused(load_config, preset, [override])
    assert error.given.startswith(f"--set {override}: ")
    assert part in error.given.replace("None", "null").replace("is de and data.target_language is de", part)
    assert error.expected
    assert error.fix


@pytest.mark.parametrize("override", ["model.units", "", "model.units 3", "--model.units"])
def test_set_without_a_value(override):
    assert refused(load_config, "characters", [override]).expected == "expected section.key=value"


def test_set_with_broken_yaml():
    assert "not YAML" in refused(load_config, "characters", ["data.columns=[1"]).given


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("model:\n  cell: gru\n units: 3\n", 3),
        ("name: x\nmodel: {cell: gru\n", 2),
        ("model:\n\tcell: gru\n", 2),
        ("name: x\nmodel:\n  cell: gru\n  cell: lstm\n", 4),
        ("name: x\nname: y\n", 2),
        ("name: !!python/object:os.system x\n", 1),
        ("name: *nothing\n", 1),
    ],
)
def test_broken_yaml_names_the_line(put, text, line):
    path = put(text)
    assert f"{path}, line {line}:" in refused(load_config, path).given


@pytest.mark.parametrize("text", ["", "# nothing\n", "--- \n", "just a text\n", "- a\n- b\n", "3\n"])
def test_files_without_options(put, text):
    error = refused(load_config, put(text))
    assert "is empty" in error.given or "holds no options" in error.given


@pytest.mark.parametrize("text", ["model: gru\n", "model:\n", "model: [cell]\n"])
def test_section_without_options(put, text):
    assert "expected a section" in refused(load_config, put(text)).expected
    assert "expected a section" in refused(load_config, put(text), ["model.cell=gru"]).expected


def test_set_may_mend_what_does_not_go_together_in_a_file(put):
    path = put("source: {tokenizer: sentencepiece, vocabulary_size: null}\n")
    assert refused(load_config, path).given.startswith(f"{path}, line 1: source:")
    assert load_config(path, ["source.tokenizer=word"]).source.vocabulary_size is None


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]\n",
        "examples: &a [*a]\n",
        "? [a, b]\n: c\n",
        "? {a: b}\n: c\n",
        "name: 'a\x01b'\n",
        "--- {}\n--- {}\n",
        "name: " + "9" * 5000 + "\n",
        "[" * 2000,
        "<<: {name: x}\n",
        "training: {max_minutes: " + "9" * 400 + ".0}\n",
    ],
    ids=range(10),
)
def test_odd_yaml_is_an_ordinary_mistake(put, text):
    assert str(refused(load_config, put(text)))


def test_wrong_encoding_and_directory_are_ordinary_mistakes(tmp_path):
    (tmp_path / "latin.yaml").write_bytes("description: Müller\n".encode("latin-1"))
    assert "line 1, byte offset 14" in str(refused(load_config, tmp_path / "latin.yaml"))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_override_ends_in_a_traceback(text):
    for override in (text, f"model.units={text}", f"examples={text}", f"{text}=1", f"model.{text}=1"):
        try:
            load_config("characters", [override])
        except UserError as error:
            assert str(error)


# Writing


@pytest.mark.parametrize("name", PRESETS)
def test_yaml_comes_back(put, name):
    config = load_config(name)
    assert load_config(put(to_yaml(config))) == config


@settings(deadline=None)
@given(
    description=st.text(st.characters(exclude_categories=["Cs"])),
    examples=st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
    rate=st.floats(min_value=1e-30, max_value=1e30),
)
def test_any_text_and_number_comes_back_from_any_yaml_reader(description, examples, rate):
    values = {"description": description, "examples": examples, "training.learning_rate": rate}
    config = replace_values(Config(), values)
    text = to_yaml(config)
    assert yaml.safe_load(text) == config.model_dump()
    assert parse_yaml(text, "")[0] == config.model_dump()


@pytest.mark.parametrize(
    "word", ["no", "on", "y", "null", "~", "1e-3", "010", "2020-01-31", "a: b", "# a", "'", "12:30"]
)
def test_texts_that_look_like_something_else_are_quoted(word):
    assert yaml.safe_load(yaml_value(word)) == parse_yaml(yaml_value(word), "")[0] == word
    assert yaml.safe_load(yaml_value([word, word])) == [word, word]


def test_comments_name_every_choice():
    for name, schema in option_schemas().items():
        choices = [schema, *schema.get("anyOf", []), schema.get("items", {})]
        for choice in (value for part in choices for value in part.get("enum", [part.get("const")])):
            assert choice is None or name == "format_version" or str(choice) in schema["description"], name


def test_every_option_has_a_description_and_a_default():
    for name, schema in option_schemas().items():
        assert schema["description"].endswith("."), name
        assert "default" in schema, name


def test_differences_are_by_dotted_name():
    changed = load_config("characters", ["model.cell=lstm", "name=x", "data.columns=[1, 2]"])
    assert config_differences(load_config("characters"), changed) == [
        ("name", "characters", "x"),
        ("data.columns", None, [1, 2]),
        ("model.cell", "gru", "lstm"),
    ]
    assert config_differences(changed, changed) == []


def test_configurations_do_not_change():
    with pytest.raises(ValueError, match="frozen"):
        Config().model.units = 3


def test_replace_values_checks():
    assert replace_values(Config(), {"model.units": 5}).model.units == 5
    assert "model.units is 0" in refused(replace_values, Config(), {"model.units": 0}).given
    assert "did you mean model.units" in refused(replace_values, Config(), {"model.unit": 1}).fix


# Sizes


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("pairs", [1, 1999, 2000, 19_999, 20_000, 10**7])
def test_nothing_is_left_to_resolve(preset, pairs):
    config = resolve_sizes(load_config(preset), pairs)
    assert not [name for name in AUTO if is_auto(config, name)]
    assert resolve_sizes(config, 5) == config


def test_auto_is_the_only_thing_that_is_resolved():
    before = load_config("characters", ["model.units=100", "training.epochs=3"])
    after = resolve_sizes(before, 500)
    assert {name for name, _, _ in config_differences(before, after)} <= set(AUTO)
    assert (after.model.units, after.model.encoder_units, after.training.epochs) == (100, 50, 3)


def test_encoder_units():
    def units(*overrides):
        return resolve_sizes(
            load_config("characters", ["model.units=100", *overrides]), 500
        ).model.encoder_units

    assert units() == 50
    assert units("model.direction=forward") == 100
    assert units("model.encoder_units=null") is None
    assert units("model.units=1") == 1


def test_vocabulary_is_whole_but_for_sentencepiece():
    config = resolve_sizes(load_config("sentences", ["target.tokenizer=word"]), 20_000)
    assert (config.source.vocabulary_size, config.target.vocabulary_size) == (4000, None)


@pytest.mark.parametrize(("preset", "table"), [("characters", LETTERS), ("sentences", SENTENCES)])
def test_sizes_follow_the_table(preset, table):
    config = load_config(preset)
    for limit, sizes in table[:-1]:
        assert size_for(limit - 1, config) == sizes
        assert size_for(limit, config) != sizes
    assert size_for(10**9, config) == table[-1][1]


def test_documented_table_is_the_table():
    rows = [row.split("|")[2:-1] for row in size_for.__doc__.splitlines() if row.strip().startswith("|")][2:]
    documented = [tuple(float(cell.split()[-1]) for cell in row) for row in rows]
    assert documented == [
        tuple(map(float, vars(sizes).values())) for table in (LETTERS, SENTENCES) for _, sizes in table
    ]


@pytest.mark.parametrize("preset", PRESETS)
def test_smoke_is_small_and_needs_no_sizing(preset):
    config = smoke(load_config(preset))
    assert resolve_sizes(config, 10**6) == resolve_sizes(config, 10)
    assert config.training.epochs == 1
    assert config.model.units <= 16
    assert config.data.max_pairs <= 500
    assert config.data.train_size <= 500
    for side in (config.source, config.target):
        assert side.tokenizer != "sentencepiece" or side.vocabulary_size <= 500


def test_configuration_loads_no_tensorflow():
    code = (
        "import sys, keras_s2s.config\nkeras_s2s.config.load_config('characters')\n"
        "sys.exit(any(name.split('.')[0] in ('tensorflow', 'keras', 'numpy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
