"""The page of the demo: model and sentence above, the tabs below, the endpoints behind."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.about_tab import AboutTab
from keras_s2s.demo.batch_tab import BatchTab
from keras_s2s.demo.compare_tab import CompareTab
from keras_s2s.demo.demo_limits import DemoLimits
from keras_s2s.demo.demo_model import DemoModel
from keras_s2s.demo.endpoints import add_endpoints
from keras_s2s.demo.model_desk import ModelDesk
from keras_s2s.demo.page_html import isolated, place
from keras_s2s.demo.sentence_panel import SentencePanel
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    import gradio as gr

_HEAD = '<header class="s2s-head"><h1>keras_s2s</h1><p>Sequence to sequence, and what happens inside</p></header>'
# Pages kept for who has them open, files for an hour.
_CACHE_SECONDS = (600, 3600)


def import_gradio() -> Any:
    """Gradio, without its reports home.

    Raises:
        UserError: The extra `demo` is not installed.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    try:
        import gradio
    except ImportError as error:
        raise UserError(
            f"the demo cannot start: {error}",
            "expected the packages of the extra 'demo'",
            "install them: pip install 'keras-s2s[demo]'",
        ) from None
    return gradio


def build_demo(models: Mapping[str, DemoModel], limits: DemoLimits | None = None) -> "gr.Blocks":
    """Builds the page; `launch` starts it.

    Args:
        models: The models by the name to show; the first is chosen at the start.
        limits: What a visitor may ask for. Default: `DemoLimits()`.

    Returns:
        The page, with the tabs Translate, Look inside, Intervene, Compare, Batch and About, and the endpoints of
        `keras_s2s.demo.endpoints`.

    Raises:
        UserError: There is no model, or Gradio is not installed.
    """
    limits = limits or DemoLimits()
    desk = ModelDesk(models, limits)
    gr = import_gradio()
    with gr.Blocks(title="keras_s2s demo", analytics_enabled=False, delete_cache=_CACHE_SECONDS) as demo:
        _fill(gr, demo, desk)
    demo.queue(max_size=limits.waiting, default_concurrency_limit=limits.concurrent)
    return demo


def _fill(gr: Any, page: Any, desk: ModelDesk) -> None:
    first = desk.names[0]
    with gr.Row(elem_id="top"):
        place(gr, _HEAD, min_width=300)
        model_box = gr.Dropdown(
            desk.names, value=first, label="Model", visible=len(desk.names) > 1, elem_id="model", min_width=220, scale=0
        )
    description = place(gr, _described(desk, first), elem_id="description")
    panel = SentencePanel(gr, desk, model_box)
    with gr.Tabs(elem_id="tabs", overflow_behavior="wrap") as tabs:
        panel.add_tabs()
        CompareTab(gr, desk)
        batch_tab = BatchTab(gr, desk, model_box)
        about_tab = AboutTab(gr, desk)

    def about(model: str) -> dict[Any, Any]:
        return {description: _described(desk, model), about_tab.card: about_tab.describe(model)}

    panel.wire(page, tabs, model_box, about, [description, about_tab.card])
    add_endpoints(gr, desk, batch_tab, model_box)


def _described(desk: ModelDesk, model: str) -> str:
    return f'<p class="s2s-about">{isolated(desk.models[model].translator.description or "")}</p>'
