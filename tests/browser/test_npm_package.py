"""The runtime as an npm package: what is in it, how large it is, and that a program of somebody else's can use it."""

import gzip
import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from page_server import PageServer

pytestmark = pytest.mark.browser

BUDGET = 30_000

SNIPPET = """
import { load, UserError, type Model, type TokenEvent, type Translation } from "keras-s2s";

export async function run(address: string): Promise<string> {
  const told: TokenEvent[] = [];
  const onProgress = ({ loaded, total }: { loaded: number; total: number }): void => void (loaded / total);
  const model: Model = await load(address, { backend: "auto", onProgress });
  try {
    const one: Translation = await model.translate("March 3rd, 1999", { onToken: (event) => void told.push(event) });
    const several: Translation[] = await model.translate(["1 mai 2001"]);
    const { numTensors } = await model.memory();
    return [model.info.backend, one.text, several[0]!.text, numTensors > 0, told.length > 0].join(" ");
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  } finally {
    await model.dispose();
  }
}
// @ts-expect-error The types are not `any`.
export const wrong: number = load("./model/");
"""


def run(*command, cwd):
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def package(npm_project, tmp_path_factory) -> Path:
    """The unpacked tarball of `npm pack`, in a folder `node_modules` beside links to its peers."""
    source = tmp_path_factory.mktemp("package")
    for path in (npm_project / "package").glob("*.*"):
        shutil.copy(path, source)
    run("npx", "vite", "build", "--config", "package.config.ts", "--outDir", source / "dist", cwd=npm_project)
    run("npx", "tsc", "-p", "package", "--outDir", source / "dist" / "types", cwd=npm_project)
    tarball = json.loads(run("npm", "pack", "--json", "--offline", cwd=source))
    (entry,) = tarball.values() if isinstance(tarball, dict) else tarball
    modules = tmp_path_factory.mktemp("consumer") / "node_modules"
    modules.mkdir()
    with tarfile.open(source / entry["filename"]) as archive:
        archive.extractall(modules, filter="data")
    (modules / "package").rename(modules / "keras-s2s")
    for path in (npm_project / "node_modules").iterdir():
        (modules / path.name).symlink_to(path)
    return modules / "keras-s2s"


def scripts(package: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((package / "dist").glob("*.js"))}


def test_the_tarball_holds_scripts_types_and_wasm_and_nothing_else(package):
    kinds = {(path.relative_to(package).parts[0], path.suffix) for path in package.rglob("*") if path.is_file()}
    assert kinds == {("package.json", ".json"), ("README.md", ".md"), ("dist", ".js"), ("dist", ".ts"),
                     ("dist", ".wasm"), ("dist", "")}
    assert {"keras-s2s.js", "keras-s2s-worker.js", "open-model.js"} <= set(scripts(package))
    description = json.loads((package / "package.json").read_text("utf-8"))
    for path in (*description["exports"]["."].values(), description["types"]):
        assert (package / path).is_file()


def test_it_imports_its_peers_only_and_the_page_s_part_imports_none(package):
    peers = set(json.loads((package / "package.json").read_text("utf-8"))["peerDependencies"])
    imported = {name: set(re.findall(r"""(?:from|import)\s*\(?\s*["']([@a-z][\w@/.-]*)["']""", text))
                for name, text in scripts(package).items()}
    assert set().union(*imported.values()) == peers
    assert imported["keras-s2s.js"] == set()


def test_bundlers_can_follow_the_addresses(package):
    text = "".join(scripts(package).values())
    assert 'new Worker(new URL("./keras-s2s-worker.js", import.meta.url), { type: "module" })' in text
    for name in ("tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"):
        assert f'new URL("./{name}", import.meta.url)' in text
        assert (package / "dist" / name).is_file()


def test_the_runtime_is_small(package, npm_project):
    sizes = {}
    for path in sorted((package / "dist").glob("*.js")):
        minified = run("npx", "esbuild", path, "--minify", "--format=esm", cwd=npm_project)
        sizes[path.name] = len(gzip.compress(minified.encode(), mtime=0))
    # Traces are fetched when they are first asked for.
    assert sizes.pop("text-tracing.js") < 8_000
    assert sum(sizes.values()) < BUDGET, sizes


def test_a_user_s_program_passes_the_type_check(package):
    folder = package.parents[1]
    (folder / "program.ts").write_text(SNIPPET, "utf-8")
    options = "--strict --noUncheckedIndexedAccess --noEmit --module esnext --moduleResolution bundler --target es2022"
    run("npx", "tsc", *options.split(), "--lib", "es2022,dom", "--types", "node", "program.ts", cwd=folder)


@pytest.mark.slow
def test_a_user_s_build_runs(package, page, bundle, translator):
    folder = package.parents[1]
    (folder / "program.ts").write_text(SNIPPET.replace("export const wrong", "const wrong"), "utf-8")
    (folder / "main.ts").write_text('import { run } from "./program.js";\nObject.assign(globalThis, { run });', "utf-8")
    (folder / "index.html").write_text('<!doctype html><script type="module" src="./main.ts"></script>', "utf-8")
    (folder / "vite.config.js").write_text('export default { worker: { format: "es" } };', "utf-8")
    run("npx", "vite", "build", cwd=folder)
    shutil.copytree(bundle / "model", folder / "dist" / "model")
    server = PageServer(folder / "dist")
    page.goto(server.url)
    page.wait_for_function("() => typeof globalThis.run === 'function'")
    answer = page.evaluate("run('./model/')")
    server.stop()
    texts = [translator("March 3rd, 1999").text, translator("1 mai 2001").text]
    assert answer.split(" ", 1)[1] == " ".join([*texts, "true", "true"])
    # The worker and the wasm file that were fetched are the build's own.
    fetched = [path for path in server.requests if path.startswith("/assets/")]
    assert any("keras-s2s-worker" in path for path in fetched)
    assert any(path.endswith(".wasm") for path in fetched)
