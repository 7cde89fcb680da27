"""Asks TensorFlow Serving, or `keras-s2s serve`, over gRPC with the official stubs.

    pip install tensorflow-serving-api
    python predict_grpc.py "march 3rd, 1999"
    python predict_grpc.py --signature explain < lines.txt

Without TEXT each line of standard input is one. A line of standard output answers each, in order: the translation, or
with `--signature explain` and `nbest` a JSON object. Errors go to standard error; exit status 1 where the server
refuses or does not answer in time, 2 for wrong arguments and texts that are not UTF-8.
"""

import argparse
import itertools
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import grpc
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

ROWS = 64
"""How many texts go into one request."""

# A server that is full or restarts answers UNAVAILABLE: the channel asks again by itself, until the deadline.
RETRIES = {"methodConfig": [{
    "name": [{"service": "tensorflow.serving.PredictionService"}],
    "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.2s", "maxBackoff": "2s", "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE"]}}]}


def open_channel(server):
    """A channel to `host:port`; answers may be larger than gRPC's 4 MiB (attention is)."""
    return grpc.insecure_channel(server, [("grpc.service_config", json.dumps(RETRIES)),
                                          ("grpc.max_receive_message_length", -1)])


def predict(channel, model, signature, texts, beam_size=5, timeout=10.0):
    """What a signature answers for texts: a dict of arrays, a row for each text, strings as bytes.

    Raises:
        grpc.RpcError: the server refused, or did not answer within `timeout` seconds.
    """
    request = predict_pb2.PredictRequest()
    request.model_spec.name, request.model_spec.signature_name = model, signature
    request.inputs["text"].CopyFrom(tf.make_tensor_proto([text.encode() for text in texts], tf.string))
    if signature == "nbest":
        request.inputs["beam_size"].CopyFrom(tf.make_tensor_proto([beam_size] * len(texts), tf.int32))
    answer = prediction_service_pb2_grpc.PredictionServiceStub(channel).Predict(request, timeout=timeout)
    return {name: tf.make_ndarray(tensor) for name, tensor in answer.outputs.items()}


def lines_of(outputs, signature):
    """The answers as lines. Padding, which the other rows of a batch make necessary, is cut off."""
    rows = zip(*outputs.values(), strict=True)
    for row in (dict(zip(outputs, values, strict=True)) for values in rows):
        if signature == "serving_default":
            yield row["translation"].decode()
            continue
        if signature == "nbest":
            number = int((row["scores"] > -1e9).sum())
            found = {"translations": _plain(row["translations"][:number]), "scores": _plain(row["scores"][:number])}
        else:
            written, read = (sum(bool(token) for token in row[name]) for name in ("target_tokens", "source_tokens"))
            found = {"translation": row["translation"].decode(), "score": float(row["score"]),
                     "target_tokens": _plain(row["target_tokens"][:written]),
                     "source_tokens": _plain(row["source_tokens"][:read]),
                     "token_log_probs": _plain(row["token_log_probs"][:written]),
                     "attention": _plain(row["attention"][:written, :read])}
        yield json.dumps(found, ensure_ascii=False)


def _plain(array):
    """An array as lists; bytes as strings."""
    return [value.decode() if isinstance(value, bytes) else value for value in array.tolist()]


class NotUtf8(Exception):
    """A text that is not UTF-8."""


def texts_of(given):
    """The texts to translate: those of the command line, else the lines of standard input.

    Raises:
        NotUtf8: where it comes to one that is not.
    """
    for text in given:
        try:
            text.encode()
        except UnicodeEncodeError:  # Python has put something else in the place of such bytes
            raise NotUtf8(f"the text {text!r} is not UTF-8") from None
        yield text
    if not given:
        # Bytes: as text, lines would be read as the locale has it, and end at a single carriage return, too.
        for number, line in enumerate(sys.stdin.buffer, 1):
            try:
                yield line.decode().rstrip("\r\n")
            except UnicodeDecodeError:
                raise NotUtf8(f"line {number} of standard input is not UTF-8") from None


def main(arguments=None):
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Asks a model server over gRPC.")
    parser.add_argument("text", nargs="*", help="texts; else standard input, a line each")
    parser.add_argument("--server", default="127.0.0.1:8500", help="host:port (default: %(default)s)")
    parser.add_argument("--model", default="dates", help="the model's name (default: %(default)s)")
    parser.add_argument("--signature", default="serving_default", choices=["serving_default", "explain", "nbest"])
    parser.add_argument("--beam-size", type=int, default=5, help="for nbest (default: %(default)s)")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds for a request (default: %(default)s)")
    given = parser.parse_args(arguments)
    texts = texts_of(given.text)
    try:
        with open_channel(given.server) as channel:
            while rows := list(itertools.islice(texts, ROWS)):
                found = predict(channel, given.model, given.signature, rows, given.beam_size, given.timeout)
                print(*lines_of(found, given.signature), sep="\n", flush=True)
    except grpc.RpcError as error:
        print(f"predict_grpc.py: {error.code().name}: {error.details()}", file=sys.stderr)
        return 1
    except NotUtf8 as error:
        print(f"predict_grpc.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
