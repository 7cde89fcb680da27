"""The pipeline's script as a module, and a model that raises."""

import pytest

from tests.bulk.results import SCRIPT


@pytest.fixture(scope="module")
def bulk_translate():
    """The script as a module; beside it lies what it imports."""
    pytest.importorskip("apache_beam", reason="Apache Beam is absent: pip install 'keras-s2s[bulk]'")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        import bulk_translate

        yield bulk_translate


@pytest.fixture(scope="module")
def shouting(tmp_path_factory):
    """A SavedModel that "translates" to capitals and raises at a batch with "boom" in it."""
    import tensorflow as tf

    class Shouting(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def translate(self, text):
            tf.debugging.Assert(~tf.reduce_any(tf.strings.regex_full_match(text, ".*boom.*")), ["too loud"])
            return {"translation": tf.strings.upper(text), "score": -tf.cast(tf.strings.length(text), tf.float32)}

    path, model = tmp_path_factory.mktemp("shouting") / "1", Shouting()
    tf.saved_model.save(model, str(path), signatures={"serving_default": model.translate})
    return path
