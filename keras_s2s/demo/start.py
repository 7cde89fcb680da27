"""Starts the demo."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keras_s2s.demo.app import MOST_CHARACTERS, build_demo, import_gradio
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    import gradio as gr

    from keras_s2s.translator import Translator

_STYLE = Path(__file__).with_name("style.css")


def load_translators(models: Sequence[str]) -> "dict[str, Translator]":
    """Loads models for the demo.

    Args:
        models: Model directories or shipped models' names.

    Returns:
        The translators by name; where two have the same name, the later ones get a number.

    Raises:
        UserError: One of them cannot be loaded.
    """
    from keras_s2s.translator import Translator

    translators: dict[str, Translator] = {}
    for model in models:
        translator = Translator.load(model)
        name, number = translator.name, 2
        while name in translators:
            name, number = f"{translator.name} ({number})", number + 1
        translators[name] = translator
    return translators


def launch(
    translators: "Mapping[str, Translator]",
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = False,
    most_characters: int = MOST_CHARACTERS,
    wait: bool = True,
) -> "gr.Blocks":
    """Builds the page and serves it.

    Args:
        translators: The models by the name to show.
        host: The address to listen on. Default: this machine only.
        port: The port. Default: the first free one from 7860 on.
        open_browser: Whether to open the page in the browser.
        most_characters: Longest text that is translated.
        wait: Whether to return only when interrupted.

    Returns:
        The running page, or the closed one after waiting.

    Raises:
        UserError: No model, no Gradio, or the port is taken.
    """
    gr = import_gradio()
    demo = build_demo(translators, most_characters)
    system = ["system-ui", "sans-serif"]
    # Gradio's own themes fetch fonts from the network; the demo must look the same without one.
    theme = gr.themes.Soft(primary_hue="blue", font=system, font_mono=["ui-monospace", "monospace"])
    try:
        _, url, _ = demo.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            theme=theme,
            css_paths=_STYLE,
            footer_links=["api"],
            max_file_size="1mb",
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
