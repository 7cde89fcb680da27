"""The Gradio demo: type, translate, see the attention.

    app.py        the page and its API endpoint       start.py              loads models, starts the page
    heat_map.py   the attention as an HTML table      translation_desk.py   the models, their limits
    answer.py     a translation as HTML and JSON      style.css             how it looks

Importing this package loads neither Gradio nor TensorFlow.
"""

from keras_s2s.demo.app import build_demo
from keras_s2s.demo.start import launch, load_translators

__all__ = ["build_demo", "launch", "load_translators"]
