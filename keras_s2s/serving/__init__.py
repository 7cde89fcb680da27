"""The local server: exported SavedModels behind TensorFlow Serving's REST interface.

It needs TensorFlow and tensorflow-text, not the Python model: what answers here is what TensorFlow Serving
would run.

    model_argument.py   what the command line's MODEL means: a name and a SavedModel folder
    servable.py         one loaded SavedModel: numpy arrays in, numpy arrays out
    registry.py         the models being served, by name and version
    tensor_json.py      JSON values <-> arrays;  predict_json.py  the row and the column format
    rest.py             routes, limits, errors;  server.py  the process
"""
