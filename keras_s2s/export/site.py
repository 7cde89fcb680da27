"""The static web site: the page and the runtime once, the bundles of one or several models, and the list of them.

Needs neither TensorFlow nor the converter: a shipped model has its bundle already.

    python -m keras_s2s.export.site DIR                 # all shipped models
    python -m keras_s2s.export.site DIR --serve 8000    # and serves them on this machine
"""

import argparse
import contextlib
import http.server
import json
import shutil
import sys
from collections.abc import Mapping
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from keras_s2s.errors import UserError
from keras_s2s.files import directory_written_atomically
from keras_s2s.shipped import shipped_models

MODEL_LIST = "models.json"


def write_site(models: Mapping[str, Path], directory: Path | str) -> Path:
    """Writes a folder that any static host serves, under whatever path.

    Args:
        models: Under each model's name its model directory, exported before, so that it holds `tfjs/`.
        directory: The folder. It is written anew if it holds an earlier site.

    Returns:
        Its path.

    Raises:
        UserError: Where there is no model, one has no bundle, or `directory` holds something else.
    """
    directory = Path(directory)
    if not models:
        raise UserError("there is no model for the site", "expected one or more", "export a model first")
    for name, model in models.items():
        if not (model / "tfjs" / "manifest.json").is_file():
            raise UserError(f"the model {name} has no bundle for the browser in {model}",
                            "expected a folder tfjs/ in it",
                            f"keras-s2s export {name} --tfjs DIR writes a site for this model alone")
    if directory.exists() and (not directory.is_dir() or
                               (any(directory.iterdir()) and not (directory / MODEL_LIST).is_file())):
        raise UserError(f"the folder {directory} exists and is no site",
                        "expected a new or empty folder, or an earlier site", "choose another folder")
    with directory_written_atomically(directory) as temporary:
        copy_page(temporary)
        places = []
        for name, model in models.items():
            folder = f"models/{name}"
            shutil.copytree(model / "tfjs", temporary / folder)
            place = {"name": name, "path": f"{folder}/", "title": title(name)}
            if (model / "card.md").is_file():
                shutil.copyfile(model / "card.md", temporary / folder / "card.md")
                place["card"] = f"{folder}/card.md"
            places.append(place)
        write_model_list(temporary, places)
    return directory


def copy_page(directory: Path) -> None:
    """Copies the built page and the runtime into a folder."""
    with resources.as_file(resources.files("keras_s2s") / "assets" / "browser") as built:
        if built.is_dir():
            shutil.copytree(built, directory, dirs_exist_ok=True)


def write_model_list(directory: Path, places: list[dict[str, str]]) -> None:
    """Writes the list from which the page's visitors choose: `name`, `path`, `title`, and `card` where there is one."""
    (directory / MODEL_LIST).write_text(json.dumps(places, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def title(name: str) -> str:
    """What people call a model of this name.

    >>> title("dates"), title("multi30k-de-en")
    ('Dates', 'Multi30k de en')
    """
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or name


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a site with the types that browsers insist on, whatever this machine thinks of file endings."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.extensions_map = {**self.extensions_map, ".js": "text/javascript", ".wasm": "application/wasm",
                               ".json": "application/json", ".md": "text/markdown"}
        super().__init__(*arguments, **options)

    def log_message(self, *_: object) -> None:
        """Keeps the terminal for the address."""


def serve_site(directory: Path, port: int) -> None:
    """Serves a site on this machine, for this machine only, until it is interrupted."""
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(SiteHandler, directory=str(directory)))
    except OSError as error:
        raise UserError(f"port {port} cannot be used ({error.strerror})", "expected a free port",
                        "choose another one") from error
    with server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        print("Ctrl+C ends it.", file=sys.stderr)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def main(arguments: list[str] | None = None) -> int:
    """Writes the site of all shipped models, and serves it where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m keras_s2s.export.site", description=main.__doc__)
    parser.add_argument("directory", type=Path, metavar="DIR", help="the folder to write")
    parser.add_argument("--serve", type=int, metavar="PORT", help="serve it on 127.0.0.1; 0 takes any free port")
    given = parser.parse_args(arguments)
    try:
        print(write_site(shipped_models(), given.directory), file=sys.stderr)
        if given.serve is not None:
            serve_site(given.directory, given.serve)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
