"""The REST interface as an application for starlette's test client."""

from keras_s2s.serving.admission import Admission
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.rest import RestInterface
from keras_s2s.serving.running_server import with_origins


class RestApp(RestInterface):
    """The interface, which also answers when the client says that it begins and ends.

    Args:
        registry: The models.
        limits: What a request may ask for.
        predictor: What computes.
    """

    def __init__(self, registry, limits=None, predictor=None):
        self.admission = Admission(registry, limits)
        self.predictor = predictor or Predictor(metrics=self.admission.metrics)
        super().__init__(registry, self.predictor, self.admission)

    async def __call__(self, scope, receive, send):
        if scope["type"] != "lifespan":
            await super().__call__(scope, receive, send)
            return
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        await send({"type": "lifespan.shutdown.complete"})


def create_app(registry, limits=None, cors=(), predictor=None):
    """The application; behind it, where there are origins, stands the interface as its `app`."""
    return with_origins(RestApp(registry, limits, predictor), cors)
