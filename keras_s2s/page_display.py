"""Shows a page: in the notebook, else in the browser."""

import sys
import tempfile
import webbrowser
from pathlib import Path

from keras_s2s.files import write_atomically


def in_notebook():
    """Whether a notebook, or another program that shows HTML, runs this process."""
    ipython = sys.modules.get("IPython")  # a notebook has loaded it
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


def show_in_notebook(html):
    """Shows HTML below the cell that runs."""
    from IPython.display import HTML, display

    display(HTML(html))


def open_in_browser(page):
    """Writes a page to a temporary file, says where, and opens it.

    Args:
        page: HTML.
    """
    path = Path(tempfile.mkdtemp(prefix="keras_s2s_")) / "trace.html"
    write_atomically(path, page)
    print(path, file=sys.stderr)
    webbrowser.open(path.as_uri())
