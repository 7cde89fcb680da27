"""Starts the demo with the shipped `dates` model, or with the models named as arguments.

Run it with `python apps/gradio_demo/app.py [MODEL ...]`. The file also suits a host that looks for `app.py`:
the environment variables `HOST` and `PORT` say where to listen, `MODELS` which models to load, separated by
spaces.
"""

import os
import sys

from keras_s2s.demo import launch, load_models


def main() -> None:
    """Loads the models and serves the page until interrupted."""
    models = sys.argv[1:] or os.environ.get("MODELS", "dates").split()
    port = os.environ.get("PORT")
    launch(
        load_models(models), host=os.environ.get("HOST", "127.0.0.1"), port=int(port) if port else None
    )


if __name__ == "__main__":
    main()
