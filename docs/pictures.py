"""Makes the pictures of the README from the shipped models: `make pictures`, or `python -m docs.pictures`.

The pictures of the mechanics component are screenshots of the page that `Trace.save_html` writes.
"""

import tempfile
from pathlib import Path

from keras_s2s.translator import Translator
from tests.chromium import headless_chromium

FOLDER = Path(__file__).parent
TEXT = "Wednesday, March 3rd, 1999"
SHORT_TEXT = "march 3rd, 1999"
# What stands in the address of the page that each picture shows.
VIEWS = {
    "look_run": "view=run&zoom=3&step=7",
    "look_attention": "view=attention&step=7&at=context",
    "look_step": "view=step&step=7",
}
SIZE = {"width": 1000, "height": 1400}  # so high that nothing has to be scrolled


def make_attention_picture(translator):
    """`attention.png`: where the model looked."""
    answer = translator(TEXT)
    answer.plot(FOLDER / "attention.png", title=f"{answer.source} → {answer.text}")


def make_screenshots(translator):
    """A picture of each of `VIEWS`."""
    with tempfile.TemporaryDirectory() as folder, headless_chromium() as browser:
        page_file = Path(folder) / "trace.html"
        translator.trace(SHORT_TEXT, beam_size=3).save_html(page_file)
        # Nothing moves, so that the same trace gives the same picture.
        context = browser.new_context(viewport=SIZE, device_scale_factor=1.6, reduced_motion="reduce",
                                      color_scheme="light")
        for name, view in VIEWS.items():
            page = context.new_page()
            page.goto(f"{page_file.as_uri()}#{view}")
            mechanics = page.locator("seq2seq-mechanics")
            mechanics.get_by_role("banner").get_by_text(translator.name).wait_for()
            page.wait_for_timeout(500)  # until what is drawn in later frames is there
            mechanics.screenshot(path=FOLDER / f"{name}.png")
            page.close()


if __name__ == "__main__":
    shipped = Translator.load("dates")
    make_attention_picture(shipped)
    make_screenshots(shipped)
