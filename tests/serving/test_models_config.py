"""models.config and --labels."""

import pytest

from keras_s2s.errors import UserError
from keras_s2s.serving.models_config import entries_from_arguments, entries_from_file
from keras_s2s.serving.version_policy import VersionPolicy


@pytest.fixture
def base(tmp_path):
    folder = tmp_path / "exported" / "dates"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "saved_model.pb").touch()
    return folder


def config(tmp_path, text):
    path = tmp_path / "models.config"
    path.write_text(text)
    return path


def test_what_a_models_config_says(base, tmp_path):
    path = config(tmp_path, f"""
model_config_list {{
  config {{ name: "a" base_path: "{base}" model_platform: "tensorflow"
    model_version_policy {{ specific {{ versions: 1 versions: 3 }} }}
    version_labels {{ key: "stable" value: 1 }} version_labels {{ key: "canary" value: 3 }} }}
  config {{ name: "b" base_path: "{base}" model_version_policy {{ all {{ }} }} }}
  config {{ name: "c" base_path: "{base}" model_version_policy {{ latest {{ num_versions: 2 }} }} }}
  config {{ name: "d" base_path: "{base}" }}
}}""")
    a, b, c, d = entries_from_file(path)
    assert (a.name, a.base, a.labels) == ("a", base, {"stable": 1, "canary": 3})
    assert a.policy == VersionPolicy(specific=(1, 3))
    assert b.policy == VersionPolicy(latest=None)
    assert (c.policy, d.policy) == (VersionPolicy(latest=2), VersionPolicy())


def test_a_relative_base_path_and_a_symbolic_link(base, tmp_path, monkeypatch):
    (tmp_path / "current").symlink_to(base)
    monkeypatch.chdir(tmp_path)
    (entry,) = entries_from_file(config(tmp_path, 'model_config_list { config { name: "a" base_path: "current" } }'))
    assert entry.base == tmp_path / "current"


@pytest.mark.parametrize("text, message", [
    ("model_config_list { config { name: 3 } }", "cannot be read"),
    ("", "names no model"),
    ('model_config_list { config { name: "a/b" base_path: "BASE" } }', "cannot stand in a URL"),
    ('model_config_list { config { name: "a" base_path: "/no/such/folder" } }', "is no folder"),
    ('model_config_list { config { name: "a" base_path: "BASE" } config { name: "a" base_path: "BASE" } }',
     "two models have the name a")])
def test_what_is_wrong_in_it(base, tmp_path, text, message):
    with pytest.raises(UserError, match=message):
        entries_from_file(config(tmp_path, text.replace("BASE", str(base))))


def test_a_missing_file(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        entries_from_file(tmp_path / "models.config")


def test_labels_on_the_command_line(base, tmp_path):
    (entry,) = entries_from_arguments([str(base)], ["dates:stable=1", "canary=2"], tmp_path)
    assert (entry.base, entry.labels) == (base, {"stable": 1, "canary": 2})
    (fixed,) = entries_from_arguments([str(base / "1")], [], tmp_path)
    assert (fixed.base, fixed.path) == (None, base / "1")  # one version was meant: nothing to watch


def test_a_label_of_a_version_that_cannot_come(base, tmp_path):
    """Where one version was meant, no other will ever be served."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "saved_model.pb").touch()
    for model in (base / "1", tmp_path / "plain"):
        with pytest.raises(UserError, match=r"(?s)The label stable names version 2 of .*Expected version 1"):
            entries_from_arguments([f"m={model}"], ["m:stable=2"], tmp_path)
        (entry,) = entries_from_arguments([f"m={model}"], ["m:stable=1"], tmp_path)
        assert entry.labels == {"stable": 1}


@pytest.mark.parametrize("label", ["stable", "other:stable=1", "dates:=1", "dates:stable=new", "dates:stable=",
                                   f"dates:stable={2**63}"])
def test_labels_that_are_none(base, tmp_path, label):
    with pytest.raises(UserError, match="NAME:LABEL=VERSION"):
        entries_from_arguments([str(base)], [label], tmp_path)
