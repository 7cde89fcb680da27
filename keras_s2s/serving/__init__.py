"""The local server: exported SavedModels behind TensorFlow Serving's REST and gRPC interfaces.

It needs TensorFlow and tensorflow-text, not the Python model: what answers here is what TensorFlow Serving
would run.

    What is served
    model_entry.py      a model that is to be served, named by model_argument.py (the command line's MODEL) or
                        models_config.py (TensorFlow Serving's file)
    servable.py         one loaded SavedModel: numpy arrays in, numpy arrays out;  warm_up.py  its first requests
    temporary_load_error.py  a failure to load that may pass
    version_folders.py  the numbered folders;  version_policy.py  which of them are wanted
    model_version.py    a version and its state;  version_state.py  the states
    served_model.py     the versions of a model, which come and go while requests run
    registry.py         the models by name;  model_watcher.py  the thread that looks for new versions

    How it is computed
    prediction.py       one request in the queue, or a piece of one
    batch_queue.py      who goes together, and when;  company.py  who is waited for;  batch.py  who runs together
    batch_workers.py    the threads that run batches;  predictor.py  the door to them, for REST and gRPC alike
    loop_answer.py      from those threads back to the event loop

    How it is asked
    admission.py        who is let in, for REST and gRPC alike;  aside.py  what takes long, beside the event loop
    http_protocol.py    a connection;  http_exchange.py  a request and its answer
    rest.py             routes and errors;  rest_predictions.py  from the body to the answer
    json_body.py, predict_json.py, tensor_json.py     JSON <-> arrays, row and column format
    prediction_service.py, model_service.py, grpc_server.py, predict_proto.py, grpc_errors.py     the same over gRPC
    unsupported.py      classify, regress, multi-inference;  api_page.py  OpenAPI
    metrics.py          what Prometheus reads;  request_count.py  one counter of it
    limits.py, batch_options.py, server_options.py     what can be set;  request_error.py  what can go wrong

    server.py           the command;  running_server.py  both interfaces in one loop;  http_server.py  draining
"""
