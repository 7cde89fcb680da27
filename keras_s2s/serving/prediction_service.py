"""gRPC: TensorFlow Serving's PredictionService."""

from collections.abc import Mapping
from typing import Any

import grpc
import numpy as np
from tensorflow_serving.apis import get_model_metadata_pb2, predict_pb2, prediction_service_pb2_grpc

from keras_s2s.serving.admission import Admission
from keras_s2s.serving.aside import LARGE, run_aside
from keras_s2s.serving.grpc_errors import answered
from keras_s2s.serving.limits import Limits
from keras_s2s.serving.predict_json import check_arrays
from keras_s2s.serving.predict_proto import arrays_from_request, fill_tensor, largest_input
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import DEFAULT_SIGNATURE, Servable
from keras_s2s.serving.tensor_spec import TensorSpec
from keras_s2s.serving.unsupported import refuse_method, refuse_multi_inference

_SIGNATURES = "signature_def"


class PredictionService(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Predict and GetModelMetadata; Classify, Regress and MultiInference are refused.

    Args:
        registry: The models.
        predictor: What computes.
        admission: Who is let in, within which limits.
    """

    def __init__(self, registry: Registry, predictor: Predictor, admission: Admission):
        self._registry, self._predictor, self._admission = registry, predictor, admission

    async def Predict(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """Computes a signature of a model."""
        return await answered(context, self._predict(request, context))

    async def _predict(self, request: Any, context: Any) -> Any:
        with self._admission.admit(request.model_spec.name, "Predict", "GRPC") as started:
            return await self._compute(request, context, started)

    async def _compute(self, request: Any, context: Any, started: float) -> Any:
        if not request.HasField("model_spec"):
            raise RequestError("Missing ModelSpec")
        limits = self._admission.limits
        left = context.time_remaining()
        deadline = started + (limits.timeout_seconds if left is None else min(left, limits.timeout_seconds))
        with self._use(request.model_spec) as servable:
            signature = request.model_spec.signature_name or DEFAULT_SIGNATURE
            if signature not in servable.inputs:
                raise RequestError(f'Serving signature key "{signature[:80]}" not found.', "FAILED_PRECONDITION")
            wanted = _outputs_wanted(request.output_filter, servable.definitions[signature])
            large = max(request.ByteSize(), largest_input(request)) > LARGE
            inputs = await run_aside(large, deadline, _arrays, request, servable.inputs[signature], limits)
            outputs = await self._predictor.predict(servable, signature, inputs, deadline)
            chosen = {output: outputs[output] for output in wanted or outputs}
            large = sum(array.nbytes for array in chosen.values()) > LARGE
            return await run_aside(
                large, deadline, _response, request.model_spec.name, signature, servable, chosen
            )

    async def GetModelMetadata(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """The signatures of a model."""
        return await answered(context, self._metadata(request))

    async def _metadata(self, request: Any) -> Any:
        if not request.HasField("model_spec"):
            raise RequestError("Missing ModelSpec")
        if not request.metadata_field:
            raise RequestError("GetModelMetadataRequest must specify at least one metadata_field")
        for field in request.metadata_field:
            if field != _SIGNATURES:
                raise RequestError(f"Metadata field {field[:80]} is not supported")
        with self._use(request.model_spec) as servable:
            signatures = get_model_metadata_pb2.SignatureDefMap()
            for name, definition in servable.definitions.items():
                signatures.signature_def[name].CopyFrom(definition)
            response = get_model_metadata_pb2.GetModelMetadataResponse()
            response.model_spec.name = servable.name
            response.model_spec.version.value = servable.version
            response.metadata[_SIGNATURES].Pack(signatures)
            return response

    async def Classify(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """Refused: no signature of such a model classifies."""
        return await answered(context, self._refuse(request, "classify"))

    async def Regress(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """Refused: no signature of such a model regresses."""
        return await answered(context, self._refuse(request, "regress"))

    async def _refuse(self, request: Any, method: str) -> None:
        if not request.HasField("model_spec"):
            raise RequestError("Missing ModelSpec")
        with self._use(request.model_spec) as servable:
            refuse_method(servable, request.model_spec.signature_name, method)

    async def MultiInference(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """Refused, as it joins the two others."""
        return await answered(context, self._refuse_several(request))

    async def _refuse_several(self, request: Any) -> None:
        specs = [task.model_spec for task in request.tasks]
        if not specs:
            raise RequestError("ModelSpec has no name specified.")
        with self._use(specs[0]) as servable:
            refuse_multi_inference(servable, request.tasks)

    def _use(self, spec: Any) -> Any:
        if not spec.name:
            raise RequestError("ModelSpec has no name specified.")
        choice = spec.WhichOneof("version_choice")
        return self._registry.use(
            spec.name,
            spec.version.value if choice == "version" else None,
            spec.version_label if choice == "version_label" else None,
        )


def _outputs_wanted(names: Any, definition: Any) -> list[str]:
    wanted: list[str] = []
    for name in names:
        if name not in definition.outputs:
            raise RequestError(
                f"output tensor alias not found in signature: {name[:80]} Outputs expected to be in the set "
                f"{{{','.join(sorted(definition.outputs))}}}."
            )
        if name in wanted:
            raise RequestError(f"duplicate output tensor alias: {name}")
        wanted.append(name)
    return wanted


def _arrays(request: Any, specs: Mapping[str, TensorSpec], limits: Limits) -> dict[str, np.ndarray]:
    arrays = arrays_from_request(request, specs, limits)
    check_arrays(arrays, specs, limits)
    return arrays


def _response(name: str, signature: str, servable: Servable, outputs: Any) -> Any:
    response = predict_pb2.PredictResponse()
    spec = response.model_spec
    spec.name, spec.signature_name, spec.version.value = name, signature, servable.version
    for output, array in outputs.items():
        fill_tensor(response.outputs[output], array)
    return response
