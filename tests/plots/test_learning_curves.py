import math
import warnings

import pytest

from keras_s2s.errors import UserError
from keras_s2s.plots import plot_learning_curves, save_figure

HISTORY = {
    "loss": [3, 2, 1, 0.5],
    "val_loss": [2.5, 1.5, 1.75, 2],
    "token_accuracy": [0.2, 0.5, 0.7, 0.8],
    "val_token_accuracy": [0.3, 0.6, 0.65, 0.64],
    "val_bleu": [10, 20],
    "learning_rate": [1e-3, 1e-3, 1e-4, 1e-5],
}


def panel(figure, title):
    (axes,) = [axes for axes in figure.axes if axes.get_title() == title]
    return axes


def lines(axes):
    return {line.get_label(): (list(line.get_xdata()), list(line.get_ydata())) for line in axes.get_lines()}


def test_a_metric_has_one_panel_with_training_and_validation():
    figure = plot_learning_curves(HISTORY)
    assert [axes.get_title() for axes in figure.axes] == ["loss", "token accuracy", "bleu", "learning rate"]
    drawn = lines(panel(figure, "loss"))
    assert drawn["training"] == ([1, 2, 3, 4], [3, 2, 1, 0.5])
    assert drawn["validation"] == ([1, 2, 3, 4], [2.5, 1.5, 1.75, 2])


def test_the_best_validation_value_is_marked():
    figure = plot_learning_curves(HISTORY)
    assert [text.get_text() for text in panel(figure, "loss").texts] == ["1.5"]
    assert [text.get_text() for text in panel(figure, "token accuracy").texts] == ["0.65"]
    assert panel(figure, "loss").texts[0].xy == (2, 1.5)


def test_values_of_every_second_epoch_stand_at_these_epochs():
    assert lines(panel(plot_learning_curves(HISTORY), "bleu"))["validation"] == ([2, 4], [10, 20])


def test_learning_rates_have_a_logarithmic_axis():
    figure = plot_learning_curves(HISTORY)
    assert (
        panel(figure, "learning rate").get_yscale() == "log"
        and panel(figure, "loss").get_yscale() == "linear"
    )
    assert plot_learning_curves({"learning_rate": [0.0, 1e-3]}).axes[0].get_yscale() == "linear"


def test_one_epoch_and_numbers_that_are_none_are_drawn(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save_figure(plot_learning_curves({"loss": [1.0], "val_loss": [math.nan]}), tmp_path / "curves.png")
    figure = plot_learning_curves({"val_loss": [math.nan, 2.0, 3.0]})
    assert figure.axes[0].texts[0].get_text() == "2"


def test_an_empty_history_is_refused():
    for history in ({}, {"loss": []}):
        with pytest.raises(UserError, match="history is empty"):
            plot_learning_curves(history)
