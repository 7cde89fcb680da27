"""gRPC: TensorFlow Serving's ModelService."""

from typing import Any

import grpc
from tensorflow_serving.apis import get_model_status_pb2, model_service_pb2_grpc

from keras_s2s.serving.grpc_errors import answered
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError


class ModelService(model_service_pb2_grpc.ModelServiceServicer):
    """GetModelStatus. The configuration cannot be changed over the network: HandleReloadConfigRequest is refused.

    Args:
        registry: The models.
    """

    def __init__(self, registry: Registry):
        self._registry = registry

    async def GetModelStatus(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """The states of a model's versions."""
        return await answered(context, self._status(request))

    async def _status(self, request: Any) -> Any:
        if not request.HasField("model_spec"):
            raise RequestError("Missing ModelSpec")
        spec = request.model_spec
        number = spec.version.value if spec.HasField("version") else None
        response = get_model_status_pb2.GetModelStatusResponse()
        for version in self._registry.versions(spec.name, number):
            said = response.model_version_status.add()
            said.version, said.state = version.number, int(version.state)
            said.status.error_code = grpc.StatusCode.UNKNOWN.value[0] if version.error else 0
            said.status.error_message = version.error
        return response

    async def HandleReloadConfigRequest(self, request: Any, context: grpc.aio.ServicerContext) -> Any:
        """Refused."""
        return await answered(context, self._refuse(request))

    async def _refuse(self, request: Any) -> None:
        if request.config.WhichOneof("config") != "model_config_list":
            raise RequestError("ServerModelConfig type not supported by HandleReloadConfigRequest. "
                               "Only ModelConfigList is currently supported")
        raise RequestError("this server reads its configuration when it starts and then watches folders",
                           "UNIMPLEMENTED")
