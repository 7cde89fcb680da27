"""A gRPC server of the toy in a thread, and what its tests send."""

import asyncio
import threading

import grpc
import pytest


class Running:
    """A gRPC server in a thread, with the toy as version 3 and a label."""

    def __init__(self, registry):
        from keras_s2s.serving.admission import Admission
        from keras_s2s.serving.batch_options import BatchOptions
        from keras_s2s.serving.grpc_server import GrpcServer
        from keras_s2s.serving.limits import Limits
        from keras_s2s.serving.predictor import Predictor

        self.admission = Admission(registry, Limits(rows=16, text_bytes=10_000, body_bytes=200_000))
        self.metrics = self.admission.metrics
        self.predictor = Predictor(BatchOptions(workers=1), self.metrics)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

        async def start():
            self.server = GrpcServer(registry, self.predictor, self.admission)
            return await self.server.start("127.0.0.1", 0)

        self.port = self.run(start())

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def stop(self):
        self.run(self.server.stop(1))
        self.predictor.close(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)


def request(signature="", outputs=(), model="toy", version=None, label=None, **inputs):
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    message = predict_pb2.PredictRequest(output_filter=list(outputs))
    message.model_spec.name, message.model_spec.signature_name = model, signature
    if version is not None:
        message.model_spec.version.value = version
    if label is not None:
        message.model_spec.version_label = label
    for name, value in inputs.items():
        message.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return message


def refused(call, message, **options):
    with pytest.raises(grpc.RpcError) as caught:
        call(message, timeout=20, **options)
    return caught.value.code().name, caught.value.details()
