"""Starts the demo."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keras_s2s.demo.app import build_demo, import_gradio
from keras_s2s.demo.demo_limits import DemoLimits
from keras_s2s.demo.demo_model import DemoModel
from keras_s2s.demo.look_inside_tab import mechanics_script
from keras_s2s.demo.theme import demo_theme
from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model, named_model
from keras_s2s.noise import start_tensorflow

if TYPE_CHECKING:
    import gradio as gr

_STYLE = Path(__file__).with_name("style.css")


def load_models(arguments: Sequence[str]) -> dict[str, DemoModel]:
    """Loads models for the demo.

    Args:
        arguments: `MODEL` or `NAME=MODEL` each. MODEL is a model directory, an exported SavedModel or a shipped
            model's name.

    Returns:
        The models by name; where two have the same name, the later ones get a number.

    Raises:
        UserError: One of them cannot be loaded.
    """
    named = [named_model(argument) for argument in arguments]
    places = [find_model(model) for _, model in named]  # before TensorFlow: mistakes answer at once
    start_tensorflow()
    from keras_s2s.translator import Translator

    found: dict[str, DemoModel] = {}
    for (given, model), (path, kind) in zip(named, places, strict=True):
        translator = Translator.load(model)
        name, number = given or translator.name, 2
        while name in found:
            name, number = f"{given or translator.name} ({number})", number + 1
        found[name] = DemoModel(translator, path if kind == "directory" else None)
    return found


def launch(
    models: Mapping[str, DemoModel],
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = False,
    limits: DemoLimits | None = None,
    wait: bool = True,
) -> "gr.Blocks":
    """Builds the page and serves it.

    Args:
        models: The models by the name to show.
        host: The address to listen on. Default: this machine only.
        port: The port. Default: the first free one from 7860 on.
        open_browser: Whether to open the page in the browser.
        limits: What a visitor may ask for. Default: `DemoLimits()`.
        wait: Whether to return only when interrupted.

    Returns:
        The running page, or the closed one after waiting.

    Raises:
        UserError: No model, no Gradio, or the port is taken.
    """
    gr = import_gradio()
    limits = limits or DemoLimits()
    demo = build_demo(models, limits)
    try:
        _, url, _ = demo.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            theme=demo_theme(gr),
            css_paths=_STYLE,
            head=mechanics_script(),
            footer_links=["api"],
            max_file_size=limits.file_bytes,
        )
    except OSError as error:
        raise UserError(
            f"the demo cannot listen on {host}, port {port or 'from 7860'}: {error}",
            "expected a free port and an address of this machine",
            "choose another with --port",
        ) from None
    print(f"The demo is at {url}\nStop with Ctrl-C.", file=sys.stderr, flush=True)
    if wait:
        try:
            demo.block_thread()
        finally:
            demo.close(verbose=False)
    return demo
