"""The Gradio demo: type a sentence, see how the model translates it, and change what it does.

    The page
    start.py             loads models, starts the page         app.py              all of it, put together
    sentence_panel.py    text, beam and examples, whose sentence three tabs show
    translate_tab.py     translation, n-best list, attention   look_inside_tab.py  the mechanics view of a run
    intervene_tab.py     four changes, before and after        compare_tab.py      two models, BLEU by length
    batch_tab.py         a file in, a file out                 about_tab.py        card and results
    sentence_tab.py      what the first three have in common   endpoints.py        the same as an API
    mechanics_bridge.js  between the view and Gradio           style.css, theme.py how it looks

    Behind it
    model_desk.py        takes the questions, within demo_limits.py; demo_model.py is one of its models
    changes.py           what a visitor changed in a run       comparison.py     two models on the same texts
    uploads.py           files, read within limits             held_out.py      pairs from a model's test set
    link.py              addresses that open a sentence

    What is shown
    page_html.py, translation_html.py, heat_map.py, intervention_html.py, comparison_html.py, card_html.py

Importing this package loads neither Gradio nor TensorFlow.
"""

from keras_s2s.demo.app import build_demo
from keras_s2s.demo.demo_limits import DemoLimits
from keras_s2s.demo.demo_model import DemoModel
from keras_s2s.demo.start import launch, load_models

__all__ = ["DemoLimits", "DemoModel", "build_demo", "launch", "load_models"]
