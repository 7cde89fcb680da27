"""The files for TensorFlow Serving: read with its own message definitions, held against schemas and each other."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format, wrappers_pb2
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from keras_s2s.serving.limits import Limits

SERVING = Path(__file__).resolve().parents[2] / "apps" / "serving"

# The flags of tensorflow_model_server that the files may use. Source: TensorFlow Serving, model_servers/main.cc.
FLAGS = {
    "port", "grpc_socket_path", "rest_api_port", "rest_api_num_threads", "rest_api_timeout_in_ms",
    "rest_api_enable_cors_support", "enable_batching", "allow_version_labels_for_unavailable_models",
    "batching_parameters_file", "enable_per_model_batching_parameters", "model_config_file",
    "model_config_file_poll_wait_seconds", "model_name", "model_base_path", "num_load_threads", "num_unload_threads",
    "max_num_load_retries", "load_retry_interval_micros", "file_system_poll_wait_seconds", "flush_filesystem_caches",
    "tensorflow_session_parallelism", "tensorflow_session_config_file", "tensorflow_intra_op_parallelism",
    "tensorflow_inter_op_parallelism", "ssl_config_file", "platform_config_file", "saved_model_tags",
    "grpc_channel_arguments", "grpc_max_threads", "enable_model_warmup", "num_request_iterations_for_warmup",
    "version", "monitoring_config_file", "remove_unused_fields_from_bundle_metagraph", "prefer_tflite_model",
    "enable_signature_method_name_check", "enable_profiler", "thread_pool_factory_config_file", "mixed_precision",
    "enable_grpc_healthcheck_service", "enable_serialization_as_tensor_content"}

_FIELD = descriptor_pb2.FieldDescriptorProto
# Messages that no Python package has: name, number and type of their fields. Sources: TensorFlow Serving,
# servables/tensorflow/session_bundle_config.proto and config/monitoring_config.proto.
MESSAGES = {
    "BatchingParameters": [
        ("max_batch_size", 1, "google.protobuf.Int64Value"), ("batch_timeout_micros", 2, "google.protobuf.Int64Value"),
        ("max_enqueued_batches", 3, "google.protobuf.Int64Value"),
        ("num_batch_threads", 4, "google.protobuf.Int64Value"), ("thread_pool_name", 5, "google.protobuf.StringValue"),
        ("allowed_batch_sizes", 6, [_FIELD.TYPE_INT64]), ("pad_variable_length_inputs", 7, _FIELD.TYPE_BOOL),
        ("enable_large_batch_splitting", 8, "google.protobuf.BoolValue"),
        ("max_execution_batch_size", 9, "google.protobuf.Int64Value")],
    "PrometheusConfig": [("enable", 1, _FIELD.TYPE_BOOL), ("path", 2, _FIELD.TYPE_STRING)],
    "MonitoringConfig": [("prometheus_config", 1, "tensorflow.serving.PrometheusConfig")],
}


def message_classes():
    """The classes of `MESSAGES`."""
    file = descriptor_pb2.FileDescriptorProto(name="keras_s2s_tests.proto", package="tensorflow.serving",
                                              syntax="proto3", dependency=[wrappers_pb2.DESCRIPTOR.name])
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind in fields:
            repeated = isinstance(kind, list)
            added = message.field.add(name=field, number=number,
                                      label=_FIELD.LABEL_REPEATED if repeated else _FIELD.LABEL_OPTIONAL)
            if isinstance(kind, str):
                added.type, added.type_name = _FIELD.TYPE_MESSAGE, f".{kind}"
            else:
                added.type = kind[0] if repeated else kind
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    pool.Add(file)
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"tensorflow.serving.{name}"))
            for name in MESSAGES}


def read(name, kind):
    """A text proto of `apps/serving` as a message."""
    return text_format.Parse((SERVING / name).read_text("utf-8"), kind())


@pytest.fixture(scope="module")
def models():
    return read("models.config", ModelServerConfig)


@pytest.fixture(scope="module")
def batching():
    return read("batching_parameters.txt", message_classes()["BatchingParameters"])


@pytest.fixture(scope="module")
def monitoring():
    return read("monitoring.config", message_classes()["MonitoringConfig"])


@pytest.fixture(scope="module")
def service():
    return yaml.safe_load((SERVING / "compose.yaml").read_text("utf-8"))["services"]["serving"]


@pytest.fixture(scope="module")
def manifests():
    documents = yaml.safe_load_all((SERVING / "kubernetes.yaml").read_text("utf-8"))
    return {document["kind"]: document for document in documents}


@pytest.fixture(scope="module")
def container(manifests):
    (container,) = manifests["Deployment"]["spec"]["template"]["spec"]["containers"]
    return container


def flags_of(arguments):
    """`{flag: value}` of `--flag=value`."""
    return dict(re.fullmatch(r"--(\w+)=(.+)", argument).groups() for argument in arguments)


def test_models(models):
    (model,) = models.model_config_list.config
    assert (model.name, model.base_path, model.model_platform) == ("dates", "/models/dates", "tensorflow")
    assert model.model_version_policy.WhichOneof("policy_choice") == "latest"
    assert model.model_version_policy.latest.num_versions == 1


def test_two_labelled_versions_as_the_comment_has_them():
    """What stands in the comment is right, too."""
    text = (SERVING / "models.config").read_text("utf-8")
    lines = re.findall(r"^ +# {3}(model_version_policy .*|version_labels .*)$", text, re.M)
    assert len(lines) == 3
    (model,) = text_format.Parse(f"model_config_list {{ config {{ {' '.join(lines)} }} }}",
                                 ModelServerConfig()).model_config_list.config
    assert dict(model.version_labels) == {"stable": 1, "canary": 2}
    assert set(model.version_labels.values()) == set(model.model_version_policy.specific.versions)


def test_batching(batching):
    sizes = list(batching.allowed_batch_sizes)
    assert sizes == sorted(set(sizes))  # TensorFlow Serving refuses to start with others
    assert sizes[0] == 1
    # No request that the local server takes is too large for this one.
    assert sizes[-1] == batching.max_batch_size.value == Limits().rows
    # Pieces of outputs that are as wide as their batch needs cannot be joined; TensorFlow would try to.
    assert not batching.enable_large_batch_splitting.value
    assert not batching.pad_variable_length_inputs  # inputs are one string a row
    assert 0 <= batching.batch_timeout_micros.value <= 10_000
    assert batching.max_enqueued_batches.value > 0


def test_a_misspelt_field_is_refused():
    with pytest.raises(text_format.ParseError, match="max_batch_sizes"):
        text_format.Parse("max_batch_sizes { value: 64 }", message_classes()["BatchingParameters"]())


def test_monitoring(monitoring, manifests):
    assert monitoring.prometheus_config.enable
    notes = manifests["Deployment"]["spec"]["template"]["metadata"]["annotations"]
    assert notes == {"prometheus.io/scrape": "true", "prometheus.io/port": "8501",
                     "prometheus.io/path": monitoring.prometheus_config.path}


def test_flags(service, container):
    flags = flags_of(service["command"])
    assert flags == flags_of(container["args"])
    assert set(flags) <= FLAGS
    # What the image's own entry point gives: tensorflow_model_server --port=8500 --rest_api_port=8501 --model_...
    assert not set(flags) & {"port", "rest_api_port", "model_name", "model_base_path"}
    files = {flag: value for flag, value in flags.items() if flag.endswith("_file")}
    assert files == {"model_config_file": "/config/models.config",
                     "batching_parameters_file": "/config/batching_parameters.txt",
                     "monitoring_config_file": "/config/monitoring.config"}
    assert flags["enable_batching"] == flags["enable_model_warmup"] == "true"
    assert flags["enable_grpc_healthcheck_service"] == "true"


def test_the_container_sees_what_the_files_name(service, container, models, manifests):
    mounts = {mount["target"]: mount for mount in service["volumes"]}
    assert all(mount["read_only"] and mount["type"] == "bind" for mount in mounts.values())
    in_pod = {mount["mountPath"]: mount for mount in container["volumeMounts"]}
    for flag, path in flags_of(service["command"]).items():
        if flag.endswith("_file"):
            assert (SERVING / mounts[path]["source"]).is_file()
            assert Path(mounts[path]["source"]).name == Path(path).name  # as the ConfigMap has it
            assert in_pod[str(Path(path).parent)]["readOnly"]
    for model in models.model_config_list.config:
        base = str(Path(model.base_path).parent)
        assert mounts[base]["source"] == "${MODELS:-./models}"
        assert in_pod[base]["readOnly"]
    volumes = {volume["name"] for volume in manifests["Deployment"]["spec"]["template"]["spec"]["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == volumes


def test_ports(service, container, manifests):
    assert service["ports"] == ["127.0.0.1:8500:8500", "127.0.0.1:8501:8501"]
    named = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert named == {"grpc": 8500, "rest": 8501}
    ports = manifests["Service"]["spec"]["ports"]
    assert {port["targetPort"]: port["port"] for port in ports} == named
    assert container["livenessProbe"]["grpc"]["port"] == named["grpc"]


def test_one_image_pinned(service, container):
    assert re.fullmatch(r"tensorflow/serving:2\.19\.\d+", service["image"])
    assert service["image"] == container["image"]


def test_threads_and_processors(service, container, batching):
    assert batching.num_batch_threads.value == service["cpus"] == int(container["resources"]["limits"]["cpu"])


def test_labels_select_the_pods(manifests):
    deployment, service = manifests["Deployment"], manifests["Service"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == service["spec"]["selector"] == labels


def test_nothing_runs_as_root_or_writes(service, container, manifests):
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] == int(service["user"].split(":")[0]) > 0
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                            "capabilities": {"drop": ["ALL"]}}
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]


def test_pods_stay_until_requests_are_answered(container, manifests):
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    asleep = int(container["lifecycle"]["preStop"]["exec"]["command"][-1])
    timeout = int(flags_of(container["args"])["rest_api_timeout_in_ms"]) / 1000
    assert pod["terminationGracePeriodSeconds"] >= asleep + timeout


@pytest.mark.parametrize("file", ["models.config", "compose.yaml", "kubernetes.yaml", "README.md"])
def test_no_registry_is_named(file):
    text = (SERVING / file).read_text("utf-8")
    assert not re.search(r"[\w-]+(\.[\w-]+)+(:\d+)?/tensorflow/serving", text)
    assert not re.search(r"docker\.io|gcr\.io|ghcr\.io|quay\.io", text)


def test_the_compose_specification():
    pytest.importorskip("check_jsonschema", reason="check-jsonschema, which carries the schema, is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, SERVING / "compose.yaml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_kubernetes_schemas(manifests):
    kubernetes_validate = pytest.importorskip("kubernetes_validate",
                                              reason="kubernetes-validate, which carries the schemas, is not installed")
    assert set(manifests) == {"Deployment", "Service"}
    for version in ("1.30", "1.34"):
        for document in manifests.values():
            kubernetes_validate.validate(document, version, strict=True)


def probes(service, container):
    return {"compose": service["healthcheck"]["test"][1:], "startup": container["startupProbe"]["exec"]["command"],
            "readiness": container["readinessProbe"]["exec"]["command"]}


@pytest.mark.parametrize("where", ["compose", "startup", "readiness"])
def test_ready_means_available(where, service, container, answering):
    """The probe as it stands, against a server on another port."""
    command = probes(service, container)[where]

    def ready(port):
        here = [part.replace("8501", str(port)) for part in command]
        return subprocess.run(here, capture_output=True, timeout=30).returncode == 0

    status = '{\n "model_version_status": [\n  {\n   "version": "1",\n   "state": "%s"\n  }\n ]\n}\n'
    for state, expected in (("AVAILABLE", True), ("LOADING", False), ("END", False)):
        with answering(200, status % state) as server:
            assert ready(server.port) is expected
            assert server.paths == ["/v1/models/dates"]
    with answering(404, '{ "error": "Could not find any versions of model dates" }') as server:
        assert not ready(server.port)
    assert not ready(server.port)  # nobody listens any more


def test_the_probe_asks_for_the_served_model(service, container, models):
    (model,) = models.model_config_list.config
    for command in probes(service, container).values():
        assert f"GET /v1/models/{model.name} HTTP" in command[-1]
        assert command == probes(service, container)["compose"]
