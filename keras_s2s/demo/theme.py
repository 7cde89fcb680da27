"""The demo's colours and type, for Gradio's own components; those of the mechanics view, so that both are one page."""

from typing import Any

# Light and dark. Whatever Gradio draws is one of these.
_GROUND = ("#fbfaf7", "#12151b")
_SURFACE = ("#ffffff", "#191d25")
_SOFT = ("#f3f1ec", "#20252f")
_LINE = ("#e5e2da", "#2d333f")
_INK = ("#1d2430", "#e8eaef")
_MUTED = ("#626c7c", "#9aa3b2")
_ACCENT = ("#0f746d", "#52c5b9")
_ACCENT_HOVER = ("#0b5f59", "#74d6cb")
_ON_ACCENT = ("#ffffff", "#0c1416")

_COLOURS = {
    _GROUND: ["body_background_fill", "background_fill_primary", "block_background_fill", "panel_background_fill"],
    _SURFACE: ["input_background_fill", "button_secondary_background_fill", "input_background_fill_focus"],
    _SOFT: ["background_fill_secondary", "button_secondary_background_fill_hover", "table_even_background_fill",
            "table_odd_background_fill", "code_background_fill", "color_accent_soft", "stat_background_fill"],
    _LINE: ["border_color_primary", "input_border_color", "button_secondary_border_color", "block_border_color"],
    _INK: ["body_text_color", "block_title_text_color", "block_label_text_color", "button_secondary_text_color"],
    _MUTED: ["body_text_color_subdued", "block_info_text_color", "input_placeholder_color"],
    _ACCENT: ["button_primary_background_fill", "button_primary_border_color", "slider_color", "loader_color",
              "input_border_color_focus", "border_color_accent", "link_text_color", "link_text_color_hover"],
    _ACCENT_HOVER: ["button_primary_background_fill_hover", "button_primary_border_color_hover"],
    _ON_ACCENT: ["button_primary_text_color", "button_primary_text_color_hover"],
}


def demo_theme(gr: Any) -> Any:
    """A theme without frames around everything, in the fonts that the visitor has.

    Gradio's own themes fetch fonts from the network; the demo must look the same without one.

    Args:
        gr: The module `gradio`.
    """
    theme = gr.themes.Base(
        primary_hue="teal", neutral_hue="stone", radius_size="lg", font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "DejaVu Sans Mono", "monospace"],
    )
    known = set(vars(theme))
    values: dict[str, str] = {}
    for (light, dark), names in _COLOURS.items():
        for name in names:
            values[name] = light
            if f"{name}_dark" in known:
                values[f"{name}_dark"] = dark
    return theme.set(
        **values, block_border_width="0px", block_border_width_dark="0px", block_shadow="none", block_padding="0px",
        block_title_text_weight="500", block_title_text_size="*text_sm", form_gap_width="0px", input_border_width="1px",
        input_shadow="none", input_shadow_focus="none", button_primary_shadow="none", button_secondary_shadow="none",
        button_border_width="1px",
    )
