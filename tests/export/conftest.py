"""Translators and their SavedModels."""

import pytest
import tensorflow as tf

from keras_s2s.translator import Translator


@pytest.fixture(scope="session")
def translators(tiny, pieces, tiny_directory, tmp_path_factory):
    """Translators by name; `rounded` has float16 weights."""
    rounded = Translator.load(tiny_directory)
    rounded.save(tmp_path_factory.mktemp("rounded"), dtype="float16")
    return {"tiny": tiny, "pieces": pieces, "rounded": rounded}


@pytest.fixture(scope="session")
def exported(translators, tmp_path_factory):
    """The version directories of their SavedModels, by name."""
    directory = tmp_path_factory.mktemp("exported")
    return {which: translator.export_saved_model(directory, name=which) for which, translator in translators.items()}


@pytest.fixture(scope="session")
def loaded(exported):
    """The SavedModels, by name. (Their functions die with them.)"""
    return {which: tf.saved_model.load(str(path)) for which, path in exported.items()}
