import os
import re
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread

from keras_s2s.errors import UserError
from keras_s2s.plots import fonts, plot_attention, save_attention, save_figure

SOURCE, TARGET = ["3", " ", "月", "$", "</s>"], ["1", "$x^$", "</s>"]
WEIGHTS = np.array([[0.9, 0.1, 0, 0, 0], [0, 0, 0.5, 0.5, 0], [0, 0, 0, 0, 1]])


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def labels(ticks) -> list[str]:
    return [tick.get_text() for tick in ticks]


def test_the_picture_has_the_source_on_top_and_the_target_downwards(monkeypatch):
    monkeypatch.setattr(fonts, "_drawable", lambda: frozenset(range(0x10FFFF)))
    figure = plot_attention(SOURCE, TARGET, WEIGHTS, title="3 月")
    axes = figure.axes[0]
    assert labels(axes.get_xticklabels()) == ["3", "␣", "月", "$", "</s>"]
    assert labels(axes.get_yticklabels()) == TARGET
    assert axes.xaxis.get_ticks_position() == "top"
    top, bottom = axes.get_ylim()[1], axes.get_ylim()[0]
    assert top < bottom  # the first target token stands highest
    assert figure.get_suptitle() == "3 月"


def test_the_colours_are_the_weights_from_0_to_1():
    (image,) = plot_attention(SOURCE, TARGET, WEIGHTS / 2).axes[0].get_images()
    assert np.array_equal(image.get_array(), WEIGHTS / 2)
    assert image.get_clim() == (0, 1)
    dark, light = image.cmap(1.0)[:3], image.cmap(0.0)[:3]
    assert sum(dark) < 1 < sum(light)


def test_only_long_labels_are_turned():
    axes = plot_attention(SOURCE, TARGET, WEIGHTS).axes[0]
    rotations = {label.get_text(): label.get_rotation() for label in axes.get_xticklabels()}
    assert rotations["3"] == 0 and rotations["$"] == 0 and rotations["</s>"] == 90


def test_tokens_and_titles_are_no_formulas():
    # As formulas, these would raise when drawn.
    tokens = [r"$\frac$", "$x_$"]
    figure = plot_attention(tokens, tokens, np.eye(2), title=r"$\frac{$")
    figure.canvas.draw()
    axes = figure.axes[0]
    assert not any(label.get_parse_math() for label in [*axes.get_xticklabels(), *axes.get_yticklabels()])


def test_what_no_font_has_is_spelled_out_and_nothing_warns(monkeypatch):
    monkeypatch.setattr(fonts, "_drawable", lambda: frozenset(range(32, 128)))
    monkeypatch.setattr(fonts, "_other_font", lambda character: None)
    figure = plot_attention(["月", "3月", "▁in"], ["a"], np.full((1, 3), 1 / 3))
    assert labels(figure.axes[0].get_xticklabels()) == ["U+6708", "3<U+6708>", "_in"]
    figure.canvas.draw()


@pytest.mark.parametrize(("text", "shown"), [
    ("3月份", "3<U+6708 4EFD>"), ("\U0001f469\u200d\U0001f467x", "<U+1F469 1F467>x"), ("▁", "_"),
    ("a\u200db", "a\u200db"), ("<U+", "<U+"), ("", "")])
def test_what_is_spelled_out_stays_short(no_fonts, text, shown):
    assert fonts.readable(text) == shown


@pytest.fixture
def no_fonts(monkeypatch):
    """A machine whose fonts have Latin letters only."""
    monkeypatch.setattr(fonts, "_drawable", lambda: frozenset(range(32, 128)) | {0x200D})
    monkeypatch.setattr(fonts, "_other_font", lambda character: None)


@pytest.mark.parametrize(("text", "first"), [
    ("3月", "Noto Sans CJK SC"), ("3月のひ", "Noto Sans CJK JP"), ("カナ月", "Noto Sans CJK JP"),
    ("3월月", "Noto Sans CJK KR")])
def test_shared_characters_get_the_font_of_the_text_s_language(no_fonts, monkeypatch, text, first):
    installed = {"DejaVu Sans", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans CJK SC", "Noto Sans Thai"}
    monkeypatch.setattr(fonts, "_installed", lambda: installed)
    found = fonts.families(text)
    assert found[:2] == ("DejaVu Sans", first) and set(found) == installed


@pytest.fixture
def only_a_strange_font(monkeypatch):
    """Of the well-known fonts there is none; `DejaVu Sans` goes by another name."""
    from matplotlib import font_manager

    path = font_manager.findfont("DejaVu Sans")
    entries = [font_manager.FontEntry(fname=path, name=name) for name in ("Any Color Emoji", "Strange")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [
        font_manager.FontEntry(fname=__file__, name="Broken"), *entries])
    monkeypatch.setattr(fonts, "_drawable", lambda: frozenset(range(32, 128)))
    fonts._other_font.cache_clear()
    yield
    fonts._other_font.cache_clear()


def test_other_fonts_help_out(only_a_strange_font):
    assert fonts.families("aЖ")[-1] == "Strange" and fonts.readable("aЖ") == "aЖ"
    assert fonts.families("a") == ("DejaVu Sans",)
    assert fonts.readable("a\U00012000") == "a<U+12000>"


def test_arabic_letters_join_and_run_to_the_left():
    """The font's own shapes: as wide as the joined forms, the first letter on the right."""
    def drawn(text):
        axes = plot_attention([text], ["a"], [[1.0]]).axes[0]
        axes.figure.canvas.draw()
        return axes.get_xticklabels()[0].get_window_extent()

    assert drawn("ببب").height < 0.8 * drawn("ب\u200cب\u200cب").height  # turned, so the width is the height
    figure = plot_attention(["x"], ["ا" + "ـ" * 6], [[1.0]])  # a stem, then a line
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    box = figure.axes[0].get_yticklabels()[0].get_window_extent()
    picture = np.asarray(canvas.buffer_rgba())[::-1, :, :3].sum(axis=-1)
    inside = picture[int(box.y0):int(box.y1) + 1, int(box.x0):int(box.x1) + 1] < 400
    heights = inside.sum(axis=0)
    assert heights.argmax() > 0.7 * len(heights)


def test_a_rare_script_is_drawn_without_warnings(tmp_path):
    for name in ("a.png", "a.svg", "a.pdf"):
        save_attention(
            ["\U0001f469\u200d\U0001f467", "月", "مرحبا", "𒀀", "\u0301"],
            [""],
            np.full((1, 5), 0.2),
            tmp_path / name,
        )


def test_png_shows_the_weights(tmp_path):
    path = save_attention(["a", "b"], ["c"], [[0.0, 1.0]], tmp_path / "new" / "picture.png")
    picture = imread(path)
    dark = picture[..., :3].sum(axis=-1) < 1
    dark_columns = np.flatnonzero(dark.sum(axis=0) > 15)
    middle = picture.shape[1] // 2
    assert len(dark_columns) > 20 and dark_columns.min() > 0.3 * middle


def test_svg_keeps_text_as_text_even_without_a_font(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_drawable", lambda: frozenset(range(32, 128)))
    svg = save_attention(SOURCE, TARGET, WEIGHTS, tmp_path / "picture.svg").read_text(encoding="utf-8")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"月", "␣", "$", "$x^$", "&lt;/s&gt;"} <= set(texts)
    assert matplotlib.rcParams["svg.fonttype"] == "path"  # as it was


def test_the_same_picture_is_the_same_file(tmp_path):
    for ending in ("png", "svg", "pdf"):
        first, second = (
            save_attention(SOURCE, TARGET, WEIGHTS, tmp_path / f"{name}.{ending}") for name in "ab"
        )
        assert first.read_bytes() == second.read_bytes()


def test_files_are_readable_like_others_and_nothing_is_left_over(tmp_path):
    previous = os.umask(0o022)
    try:
        path = save_attention(SOURCE, TARGET, WEIGHTS, tmp_path / "picture.png")
    finally:
        os.umask(previous)
    assert path.stat().st_mode & 0o777 == 0o644
    assert os.listdir(tmp_path) == ["picture.png"]


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = save_attention(SOURCE, TARGET, WEIGHTS, tmp_path / "picture.png")
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_attention(SOURCE, TARGET, WEIGHTS / 2, path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["picture.png"]


def test_other_endings_and_places_are_refused(tmp_path):
    with pytest.raises(UserError, match=r"(?s)'\.gif'.*\.png, \.svg, \.pdf"):
        save_attention(SOURCE, TARGET, WEIGHTS, tmp_path / "picture.gif")
    with pytest.raises(UserError, match="has no ending"):
        save_figure(plot_attention(SOURCE, TARGET, WEIGHTS), tmp_path / "picture")
    with pytest.raises(UserError, match=r"Call it picture\.png"):
        save_attention(SOURCE, TARGET, WEIGHTS, "")
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        save_attention(SOURCE, TARGET, WEIGHTS, tmp_path / "file" / "picture.png")


@pytest.mark.parametrize(
    ("attention", "message"),
    [
        (WEIGHTS.T, r"shape is \(5, 3\)"),
        (WEIGHTS[0], r"shape is \(5,\)"),
        ([["a"]], "not that of an array of numbers"),
        (np.full((3, 5), np.nan), "not finite"),
    ],
)
def test_attentions_that_do_not_fit_are_refused(attention, message):
    with pytest.raises(UserError, match=message):
        plot_attention(SOURCE, TARGET, attention)


def test_no_tokens_are_refused():
    with pytest.raises(UserError, match="0 target tokens"):
        plot_attention(SOURCE, [], np.zeros((0, 5)))


def test_pictures_of_any_size_stay_within_a_page():
    for rows, columns in ((1, 1), (80, 120), (1, 300), (300, 1)):
        width, height = plot_attention(
            ["x"] * columns, ["y"] * rows, np.zeros((rows, columns))
        ).get_size_inches()
        assert 1.5 <= width <= 18.5 and 1.5 <= height <= 16


def test_a_long_title_without_spaces_is_broken_into_lines():
    figure = plot_attention(["a"], ["b"], [[1.0]], title="x" * 200)
    lines = figure.get_suptitle().split("\n")
    assert len(lines) > 3 and "".join(lines) == "x" * 200
    figure.canvas.draw()
    assert figure._suptitle.get_window_extent().width <= figure.bbox.width


def test_notebooks_get_a_png():
    assert plot_attention(SOURCE, TARGET, WEIGHTS)._repr_png_().startswith(b"\x89PNG")


def test_many_threads_draw_at_once():
    def draw(index: int) -> bytes:
        return plot_attention(SOURCE, TARGET, WEIGHTS * index / 8)._repr_png_()

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, range(8)))
    assert together == [draw(index) for index in range(8)] and len(set(together)) == 8


def test_importing_loads_no_matplotlib_and_drawing_no_pyplot():
    code = (
        "import sys, keras_s2s.plots as p;"
        "assert not {'matplotlib', 'tensorflow', 'keras'} & set(sys.modules);"
        "p.plot_attention(['a'], ['b'], [[1.0]]);"
        "assert not {'matplotlib.pyplot', 'tensorflow', 'keras'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
