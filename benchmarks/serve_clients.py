"""Clients that ask a server for translations, as many at a time as told; a process of its own, without TensorFlow.

    python benchmarks/serve_clients.py < JOB.json > RESULT.json

Prints `ready` when they begin, and what came of them when they have ended. The job: `host`, `rest_port`, `grpc_port`,
`protocol` (rest or grpc), `model`, `texts`, `expected` (the answer to each text), `clients`, `seconds`, `seed`. Every
client sends the next text as soon as its last answer is there; every answer is compared with the expected one. A
request is lost where its connection ends without an answer to it; a client whose new connection is refused ends.
"""

import asyncio
import itertools
import json
import random
import re
import sys
import time

LENGTH = re.compile(rb"content-length: (\d+)", re.I)


class Clients:
    """What the clients share: the texts in an order of their own, and what came of them.

    Args:
        job: See above.
    """

    def __init__(self, job):
        self.job = job
        self.until = 0.0
        self.counts = {"answered": 0, "wrong": 0, "refused": 0, "lost": 0}
        self.latencies: list[float] = []
        self.examples: list[str] = []
        order = list(range(len(job["texts"])))
        random.Random(job["seed"]).shuffle(order)
        self.order = itertools.cycle(order)

    async def run(self):
        """Lets all clients ask until the time is over, and returns what came of it."""
        client = {"rest": self.rest, "grpc": self.grpc}[self.job["protocol"]]
        if self.job["protocol"] == "grpc":
            import tensorflow_serving.apis.prediction_service_pb2_grpc  # noqa: F401
        print("ready", flush=True)
        begin = time.perf_counter()
        self.until = begin + self.job["seconds"]
        await asyncio.gather(*(client() for _ in range(self.job["clients"])))
        return {**self.counts, "seconds": time.perf_counter() - begin, "examples": self.examples,
                "milliseconds": [round(1000 * one, 3) for one in self.latencies]}

    def count(self, index, answer, seconds):
        """Compares one answer."""
        self.counts["answered"] += 1
        self.latencies.append(seconds)
        if answer != self.job["expected"][index]:
            self.counts["wrong"] += 1
            self.examples += [f"{self.job['texts'][index]!r}: {answer!r}"] if len(self.examples) < 5 else []

    def refuse(self, reason):
        """Counts a request that the server has refused."""
        self.counts["refused"] += 1
        self.examples += [reason] if len(self.examples) < 5 else []

    async def rest(self):
        """One client over HTTP; its connection is kept until the server wants it closed."""
        job, stream = self.job, None
        bodies = [json.dumps({"instances": [text]}).encode() for text in job["texts"]]
        path = f"POST /v1/models/{job['model']}:predict HTTP/1.1\r\nHost: {job['host']}\r\nContent-Length: ".encode()
        while time.perf_counter() < self.until:
            if stream is None:
                try:
                    stream = await asyncio.open_connection(job["host"], job["rest_port"])
                except OSError:
                    return
            reader, writer = stream
            index = next(self.order)
            begin = time.perf_counter()
            try:
                writer.write(path + b"%d\r\n\r\n" % len(bodies[index]) + bodies[index])
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(int(LENGTH.search(head)[1]))
            except (OSError, asyncio.IncompleteReadError):
                self.counts["lost"] += 1
                stream = None
                continue
            if head.startswith(b"HTTP/1.1 200 "):
                self.count(index, json.loads(body)["predictions"][0]["translation"], time.perf_counter() - begin)
            else:
                self.refuse(body.decode())
            if b"connection: close" in head.lower():
                writer.close()
                stream = None
        if stream:
            stream[1].close()

    async def grpc(self):
        """One client over gRPC, with a channel of its own."""
        import grpc
        from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

        job = self.job
        options = [("grpc.use_local_subchannel_pool", 1)]
        async with grpc.aio.insecure_channel(f"{job['host']}:{job['grpc_port']}", options) as channel:
            stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
            while time.perf_counter() < self.until:
                index = next(self.order)
                request = predict_pb2.PredictRequest()
                request.model_spec.name = job["model"]
                tensor = request.inputs["text"]
                tensor.dtype = 7
                tensor.tensor_shape.dim.add().size = 1
                tensor.string_val.append(job["texts"][index].encode())
                begin = time.perf_counter()
                try:
                    answer = await stub.Predict(request, timeout=60)
                except grpc.aio.AioRpcError as error:
                    if "failed to connect" in error.details():
                        return
                    if error.code() is grpc.StatusCode.UNAVAILABLE and "Socket closed" in error.details():
                        self.counts["lost"] += 1
                    else:
                        self.refuse(f"{error.code().name}: {error.details()}")
                    continue
                translation = answer.outputs["translation"].string_val[0].decode()
                self.count(index, translation, time.perf_counter() - begin)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(Clients(json.load(sys.stdin)).run())))
