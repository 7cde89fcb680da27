"""gRPC cases by topic: facts of TensorFlow Serving, read in its documents, sources and tests (2.19.1 and July 2026)."""

from tests.conformance.grpc_cases import examples, models, predict, tensors

CASES = [case for group in (predict, tensors, models, examples) for case in group.CASES]
