"""Makes the pictures of the README from the shipped models: `make pictures`, or `python -m docs.pictures`.

The pictures of the mechanics component are screenshots of the page that `Trace.save_html` writes. Its button for
Chinese needs a Chinese font on the machine.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image

from keras_s2s.translator import Translator
from tests.chromium import headless_chromium

FOLDER = Path(__file__).parent
LONG_TEXT, TEXT = "Wednesday, March 3rd, 1999", "march 3rd, 1999"
# What stands in the address of the page that each picture shows.
VIEWS = {"look_attention": "view=attention&step=7&at=context", "look_step": "view=step&step=7"}
SIZE = {"width": 1000, "height": 1400}  # so high that nothing has to be scrolled
READING, WRITING, END = 250, 900, 3000  # how long a picture of the animation stays, in milliseconds


def make_attention_picture(translator):
    """`attention.png`: where the model looked."""
    answer = translator(LONG_TEXT)
    answer.plot(FOLDER / "attention.png", title=f"{answer.source} → {answer.text}")


def make_mechanics_pictures(translator):
    """`look_run.webp`, the whole run token by token, and a picture of each of `VIEWS`."""
    trace = translator.trace(TEXT)
    with tempfile.TemporaryDirectory() as folder, headless_chromium() as browser:
        trace.save_html(Path(folder) / "trace.html")

        def screenshot(view, scale=1.6):
            # Nothing moves, so that the same trace gives the same picture.
            context = browser.new_context(viewport=SIZE, device_scale_factor=scale, reduced_motion="reduce",
                                          color_scheme="light")
            page = context.new_page()
            page.goto(f"{(Path(folder) / 'trace.html').as_uri()}#{view}")
            mechanics = page.locator("seq2seq-mechanics")
            mechanics.get_by_role("banner").get_by_text(translator.name).wait_for()
            page.wait_for_timeout(300)  # until what is drawn in later frames is there
            mechanics.evaluate("(element) => element.shadowRoot.activeElement?.blur()")  # the ring round the slider
            picture = mechanics.screenshot()
            context.close()
            return picture

        for name, view in VIEWS.items():
            (FOLDER / f"{name}.png").write_bytes(screenshot(view))
        moments = [(f"read={place + 1}", READING) for place in range(len(trace.source["tokens"]))]
        moments += [(f"step={place + 1}", WRITING) for place in range(len(trace.steps))]
        frames = [Image.open(io.BytesIO(screenshot(f"view=run&zoom=3&{moment}", scale=1))).convert("RGB")
                  for moment, _ in moments]
    frames[0].save(FOLDER / "look_run.webp", save_all=True, append_images=frames[1:], loop=0, lossless=True,
                   method=6, duration=[*(duration for _, duration in moments[:-1]), END])


if __name__ == "__main__":
    shipped = Translator.load("dates")
    make_attention_picture(shipped)
    make_mechanics_pictures(shipped)
