"""Which models to serve, from the command line or from TensorFlow Serving's models.config."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from keras_s2s.errors import UserError
from keras_s2s.serving.model_argument import NAME, ModelSource, resolve_model
from keras_s2s.serving.model_entry import ModelEntry
from keras_s2s.serving.version_folders import version_number
from keras_s2s.serving.version_policy import VersionPolicy


def entries_from_arguments(models: Sequence[str], labels: Sequence[str], scratch: Path) -> list[ModelEntry]:
    """What the command line names.

    Args:
        models: `MODEL` or `NAME=MODEL` each; see `resolve_model`.
        labels: `NAME:LABEL=VERSION` each; `LABEL=VERSION` will do where there is one model.
        scratch: A folder for exports made now.

    Raises:
        UserError: An unknown model, two of one name, a label that cannot be read, or one of a version that cannot
            come because another one was meant.
    """
    sources = [resolve_model(argument, scratch) for argument in models]
    for index, source in enumerate(sources):
        if source.name in {other.name for other in sources[:index]}:
            raise UserError(
                f"two models have the name {source.name}",
                "expected a name of its own for each",
                f"give another name: NAME={models[index].rpartition('=')[2]}",
            )
    wanted = _labels(labels, [source.name for source in sources])
    for source in sources:
        _check_labels(source, wanted.get(source.name, {}))
    return [
        ModelEntry(source.name, source.base, source.path, source.version, labels=wanted.get(source.name, {}))
        for source in sources
    ]


def _labels(arguments: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, int]]:
    labels: dict[str, dict[str, int]] = {}
    for argument in arguments:
        left, _, version = argument.rpartition("=")
        name, _, label = left.rpartition(":")
        if not name and len(names) == 1:
            name = names[0]
        number = version_number(version)
        if name not in names or not label or number is None:
            raise UserError(
                f"--labels is {argument!r}",
                f"expected NAME:LABEL=VERSION with NAME one of {', '.join(names)}",
                f"for example --labels {names[0] if names else 'dates'}:stable=1",
            )
        labels.setdefault(name, {})[label] = number
    return labels


def _check_labels(source: ModelSource, labels: Mapping[str, int]) -> None:
    """Whether what is served can have these labels; where a folder is watched, any version may come."""
    for label, version in labels.items():
        if source.base is None and version != source.version:
            raise UserError(
                f"the label {label} names version {version} of {source.name}",
                f"expected version {source.version}: of this MODEL there will be no other",
                "give the folder with the numbered versions as MODEL, or drop the label",
            )


def entries_from_file(path: Path) -> list[ModelEntry]:
    """What a models.config names: a `ModelServerConfig` of TensorFlow Serving as text.

    Of each model its name, base path, version policy and version labels count.

    Raises:
        UserError: The file cannot be read or says what cannot be done here.
    """
    from google.protobuf import text_format
    from tensorflow_serving.config import model_server_config_pb2

    expected = "expected TensorFlow Serving's ModelServerConfig as text with a model_config_list"
    try:
        config = text_format.Parse(path.read_text("utf-8"), model_server_config_pb2.ModelServerConfig())
    except (OSError, UnicodeDecodeError, text_format.ParseError) as error:
        raise UserError(f"{path} cannot be read: {error}", expected, "see apps/serving/models.config") from None
    entries: list[ModelEntry] = []
    for model in config.model_config_list.config:
        base = Path(model.base_path)
        wrong = ""
        if not NAME.fullmatch(model.name):
            wrong = f"the name {model.name!r} cannot stand in a URL"
        elif model.name in {entry.name for entry in entries}:
            wrong = f"two models have the name {model.name}"
        elif not base.is_dir():
            wrong = f"model {model.name}: the base_path {model.base_path!r} is no folder"
        if wrong:
            raise UserError(f"{path}: {wrong}", expected, "mend the entry in that file")
        policy = _policy(model.model_version_policy)
        entries.append(ModelEntry(model.name, base.absolute(), policy=policy, labels=dict(model.version_labels)))
    if not entries:
        raise UserError(f"{path} names no model", expected, "see apps/serving/models.config")
    return entries


def _policy(policy: "object") -> VersionPolicy:
    choice = policy.WhichOneof("policy_choice")  # type: ignore[attr-defined]
    if choice == "all":
        return VersionPolicy(latest=None)
    if choice == "specific":
        return VersionPolicy(specific=tuple(policy.specific.versions))  # type: ignore[attr-defined]
    return VersionPolicy(latest=max(1, policy.latest.num_versions))  # type: ignore[attr-defined]
