"""The command line: `keras-s2s`. Each command loads what it needs when it runs, so that `--help` is quick."""

import os
import sys
from typing import Annotated

import typer

from keras_s2s.commands import decoding_options as options
from keras_s2s.errors import UserError

app = typer.Typer(help="Recurrent sequence-to-sequence models with attention: train, translate, serve, show.",
                  no_args_is_help=True, add_completion=False, rich_markup_mode=None,
                  pretty_exceptions_enable=False)

Model = Annotated[str, typer.Argument(help="A model directory, an exported SavedModel, or a shipped model's name.")]
Columns = Annotated[str | None, typer.Option(help="The columns of source and target, e.g. 1,2.")]
Header = Annotated[bool, typer.Option("--header", help="Skip the first line.")]
PairsFile = Annotated[str | None, typer.Option("--data", help="Pairs, source TAB target, plain or .gz.")]
SourceFile = Annotated[str | None, typer.Option("--source", help="Sources, one a line, with --target.")]
TargetFile = Annotated[str | None, typer.Option("--target", help="Targets, one a line, with --source.")]


@app.command()
def quickstart(out: Annotated[str, typer.Option(help="Where to write.")] = "quickstart"):
    """Answer with the shipped model, train your own, export it, say what comes next."""
    from keras_s2s.noise import start_tensorflow

    start_tensorflow()
    from keras_s2s.quickstart import run_quickstart

    run_quickstart(out, command_line())


@app.command()
def train(
    config: Annotated[str, typer.Argument(metavar="PRESET|CONFIG.yaml", help="A preset's name or a YAML file.")],
    out: Annotated[str, typer.Option(help="The model directory to write.")],
    data: Annotated[str | None, typer.Option(help="A file of pairs; for a known corpus its directory.")] = None,
    source: SourceFile = None,
    target: TargetFile = None,
    dev: Annotated[str | None, typer.Option(help="Pairs that choose the best epoch.")] = None,
    test: Annotated[str | None, typer.Option(help="Pairs that are scored at the end.")] = None,
    set_: Annotated[list[str] | None,
                    typer.Option("--set", metavar="SECTION.KEY=VALUE", help="Change an option.")] = None,
    columns: Columns = None,
    header: Header = False,
    smoke: Annotated[bool, typer.Option("--smoke", help="Tiny and short: does everything go through?")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin anew in --out.")] = False,
    strategy: Annotated[str | None, typer.Option(
        help="mirrored: all devices of this machine. multi_worker: all machines in TF_CONFIG.")] = None,
):
    """Train a model. The same command again goes on where a stopped run left off."""
    from keras_s2s.config import load_config

    overrides = list(set_ or [])
    if columns is not None:
        from keras_s2s.data.pairs import parse_columns

        overrides.append(f"data.columns={list(parse_columns(columns))}")
    if header:
        overrides.append("data.header=true")
    loaded = load_config(config, overrides)  # before TensorFlow: mistakes answer at once
    from keras_s2s.noise import start_tensorflow

    start_tensorflow()
    from keras_s2s.training.recipe import train as run

    run(loaded, data, out, source=source, target=target, dev=dev, test=test, smoke_test=smoke, overwrite=overwrite,
        command=command_line(), strategy=strategy)


@app.command()
def inspect(file: Annotated[str, typer.Argument(help="Pairs, source TAB target.")], columns: Columns = None,
            header: Header = False):
    """Describe a file of pairs and suggest a preset."""
    from keras_s2s.data.inspection import inspect as run
    from keras_s2s.data.inspection_report import print_inspection
    from keras_s2s.data.pairs import parse_columns

    print_inspection(run(file, parse_columns(columns) if columns else None, header))


@app.command()
def translate(
    model: Model,
    text: Annotated[list[str] | None, typer.Argument(help="Texts; else standard input, a line each.")] = None,
    beam: options.Beam = 1, n_best: options.NBest = 1,
    alignments: Annotated[bool, typer.Option("--alignments", help="Draw where the model looked.")] = False,
    pharaoh: Annotated[bool, typer.Option("--pharaoh", help="Add the word alignment: text ||| 0-0 1-2.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    json_input: Annotated[bool, typer.Option(
        "--json-input", help='Lines are {"text": ..., "prefix": ...}; other fields are passed through. Implies --json.',
    )] = False,
    prefix: Annotated[str | None, typer.Option(help="What every translation begins with.")] = None,
    length_normalization: options.LengthNormalization = "mean", alpha: options.Alpha = 1.0,
    coverage_penalty: options.CoveragePenalty = 0.0,
    samples: options.Samples = 0, temperature: options.Temperature = 1.0, top_k: options.TopK = 0,
    top_p: options.TopP = 1.0, seed: options.Seed = 0, mbr: options.MinimumBayesRisk = False,
    min_length: options.MinLength = 0, min_length_ratio: options.MinLengthRatio = 0.0,
    max_length: options.MaxLength = None, max_length_ratio: options.MaxLengthRatio = None,
    forbid: options.Forbid = None, no_repeat_ngram: options.NoRepeatNgram = 0,
    repetition_penalty: options.RepetitionPenalty = 1.0, unknown: options.Unknown = "keep",
    ensemble: options.Ensemble = None, xla: options.Xla = False,
):
    """Translate texts: n lines in, n lines out, in order."""
    from keras_s2s.commands.answer_lines import AnswerLines
    from keras_s2s.commands.translate import run_translate

    lines = AnswerLines(as_json=json or json_input, n_best=n_best > 1, alignments=alignments, pharaoh=pharaoh)
    run_translate(model, text, lines, prefix, json_input, tuple(ensemble or ()), beam_size=beam, n_best=n_best,
                  length_normalization=length_normalization, alpha=alpha, coverage_penalty=coverage_penalty,
                  samples=samples, temperature=temperature, top_k=top_k, top_p=top_p, seed=seed,
                  minimum_bayes_risk=mbr, min_length=min_length, min_length_ratio=min_length_ratio,
                  max_length=max_length, max_length_ratio=max_length_ratio, forbid=tuple(forbid or ()),
                  no_repeat_ngram=no_repeat_ngram, repetition_penalty=repetition_penalty, unknown=unknown,
                  jit_compile=xla)


@app.command()
def score(model: Model, data: PairsFile = None, source: SourceFile = None, target: TargetFile = None,
          columns: Columns = None, header: Header = False,
          json: Annotated[bool, typer.Option("--json", help="One JSON object a pair.")] = False):
    """Log-probabilities of given targets, a line for each pair; the perplexity of all on standard error."""
    from keras_s2s.commands.evaluate import run_score

    run_score(model, data, source, target, columns, header, json)


@app.command()
def trace(
    model: Annotated[str, typer.Argument(help="A model directory or a shipped model's name.")],
    text: Annotated[str, typer.Argument(help="The text to translate.")],
    beam: options.Beam = 1,
    prefix: Annotated[str | None, typer.Option(help="What the translation begins with.")] = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="FILE.json; FILE.html, a page that shows it; "
                                            "FILE.png, .svg, .pdf: its attention. Default: JSON to standard output.",
                                            )] = None,
):
    """Translate a text and write down every tensor on the way."""
    from keras_s2s.commands.trace import run_trace

    run_trace(model, text, beam, prefix, out)


@app.command()
def rerank(
    model: Model,
    n_best: Annotated[str, typer.Option(help="An n-best list: line ||| text ||| score, lines from 0.")],
    source: Annotated[str, typer.Option(help="The sources, one a line.")],
    weight: Annotated[float, typer.Option(min=0.0, max=1.0, help="Of this model: 0 keeps the old order.")] = 0.5,
):
    """Rank an n-best list anew with a model's log-probabilities, best first."""
    from keras_s2s.commands.rerank import run_rerank

    run_rerank(model, n_best, source, weight)


@app.command()
def average(
    models: Annotated[list[str], typer.Argument(metavar="MODEL MODEL...", help="Model directories of one training.")],
    out: Annotated[str, typer.Option(help="The model directory to write.")],
):
    """Write the model whose weights are the mean of several models' weights."""
    from keras_s2s.commands.average import run_average

    run_average(models, out)


@app.command()
def evaluate(
    model: Model, data: PairsFile = None, source: SourceFile = None, target: TargetFile = None,
    columns: Columns = None, header: Header = False,
    metrics: Annotated[str | None, typer.Option(help="exact_match,character_error_rate,bleu,chrf")] = None,
    tokenize: Annotated[str | None, typer.Option(help="BLEU's tokenizer. Default: the model's, else 13a.")] = None,
    beam: options.Beam = 1,
    worst: Annotated[int, typer.Option(min=0, help="How many of the worst items to show.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
):
    """Score a model's translations against references; all targets of one source are its references."""
    from keras_s2s.commands.evaluate import run_evaluate

    run_evaluate(model, data, source, target, columns, header, metrics, tokenize, worst, json, beam)


@app.command()
def export(
    model: Model,
    saved_model: Annotated[str | None, typer.Option(help="Write DIR/NAME/<next integer>/ for TF Serving.")] = None,
    tfjs: Annotated[str | None, typer.Option(help="Write a folder that any static host serves.")] = None,
    name: Annotated[str | None, typer.Option(help="The model's name. Default: its own.")] = None,
    quantize: Annotated[str | None, typer.Option(
        metavar="none|float16|uint8", help="What --tfjs rounds the weights to. Default: float16.")] = None,
):
    """Write a SavedModel for TF Serving, a folder for the browser, or both."""
    from keras_s2s.commands.export import run_export

    run_export(model, saved_model, tfjs, name, quantize)


@app.command()
def serve(
    models: Annotated[list[str] | None, typer.Argument(metavar="MODEL|NAME=MODEL...", help="What to serve.")] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    rest_port: Annotated[int, typer.Option(help="The REST port; 0 takes a free one.")] = 8501,
    grpc_port: Annotated[int | None, typer.Option(
        help="The gRPC port; 0 takes a free one. Default: 8500, or a free one with --rest-port 0.")] = None,
    cors: Annotated[list[str] | None, typer.Option(help="An origin whose pages may call.")] = None,
    model_config_file: Annotated[str | None, typer.Option(
        help="TF Serving's models.config (ModelServerConfig as text), instead of MODEL.")] = None,
    labels: Annotated[list[str] | None, typer.Option(
        metavar="NAME:LABEL=VERSION", help="A label for a version, which is then served beside the newest.")] = None,
    poll_seconds: Annotated[float, typer.Option(min=0, help="How often to look for new versions; 0: never.")] = 2.0,
    max_batch_size: Annotated[int, typer.Option(min=1, help="Most rows that run together.")] = 64,
    max_padded_bytes: Annotated[int, typer.Option(
        min=1, help="Most rows times the longest text of them that run together: bounds the memory.")] = 256 * 1024,
    batch_timeout_micros: Annotated[int, typer.Option(
        min=0, help="How long a batch waits for company, even where none is expected.")] = 0,
    max_enqueued_requests: Annotated[int, typer.Option(
        min=1, help="Most requests that wait for a signature; more get 503, over gRPC UNAVAILABLE.")] = 1024,
    workers: Annotated[int | None, typer.Option(
        min=1, help="Threads that run the models. Default: the processors and one.")] = None,
    max_body_bytes: Annotated[int, typer.Option(min=1, help="Largest body, also when unpacked.")] = 4 * 1024 * 1024,
    max_rows: Annotated[int, typer.Option(min=1, help="Most rows in a request.")] = 512,
    max_text_bytes: Annotated[int, typer.Option(min=1, help="Longest text of a row.")] = 64 * 1024,
    max_concurrent_requests: Annotated[int, typer.Option(min=1, help="Most requests at the same time.")] = 1024,
    request_timeout_seconds: Annotated[float, typer.Option(min=0, help="How long a request may take.")] = 60.0,
    shutdown_seconds: Annotated[float, typer.Option(
        min=0, help="How long to go on answering what was accepted when stopped.")] = 30.0,
):
    """Serve models with TF Serving's REST and gRPC APIs."""
    from keras_s2s.noise import start_tensorflow
    from keras_s2s.serving.batch_options import BatchOptions
    from keras_s2s.serving.limits import Limits
    from keras_s2s.serving.server import serve as run
    from keras_s2s.serving.server_options import ServerOptions

    limits = Limits(body_bytes=max_body_bytes, rows=max_rows, text_bytes=max_text_bytes,
                    concurrent=max_concurrent_requests, timeout_seconds=request_timeout_seconds)
    batching = BatchOptions(max_batch_size=max_batch_size, max_padded_bytes=max_padded_bytes,
                            timeout_micros=batch_timeout_micros, max_enqueued_requests=max_enqueued_requests,
                            **({"workers": workers} if workers else {}))
    options = ServerOptions(host, rest_port, grpc_port, tuple(cors or ()), tuple(labels or ()), model_config_file,
                            poll_seconds, shutdown_seconds, limits, batching)
    start_tensorflow(many_batches=True)
    run(models or [], options)


@app.command()
def demo(
    models: Annotated[list[str], typer.Argument(metavar="MODEL|NAME=MODEL...", help="Models to show.")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="The port. Default: the first free one from 7860.")] = None,
    max_characters: Annotated[int, typer.Option(min=1, help="Longest text.")] = 2000,
    max_rows: Annotated[int, typer.Option(min=1, help="Most lines of a file.")] = 512,
    max_file_bytes: Annotated[int, typer.Option(min=1, help="Largest file, also when unpacked.")] = 4 * 1024 * 1024,
    max_concurrent_requests: Annotated[int, typer.Option(min=1, help="Most answers in the making.")] = 2,
):
    """Open the Gradio demo: translate, look inside, intervene, compare."""
    from keras_s2s.demo import DemoLimits, launch, load_models

    limits = DemoLimits(characters=max_characters, rows=max_rows, file_bytes=max_file_bytes,
                        concurrent=max_concurrent_requests)
    launch(load_models(models), host, port, limits=limits)


@app.command()
def models():
    """List the shipped models."""
    from keras_s2s.commands.listing import list_models

    list_models()


@app.command()
def presets(name: Annotated[str | None, typer.Argument(help="Print this preset's YAML.")] = None):
    """List the presets, or print one to copy and change."""
    from keras_s2s.commands.listing import show_presets

    show_presets(name)


@app.command()
def doctor():
    """Say what is installed and what is missing."""
    from keras_s2s.commands.doctor import run_doctor

    run_doctor()


def command_line():
    """The command as it was typed, for the records."""
    import shlex

    return shlex.join(["keras-s2s", *sys.argv[1:]])


def main():
    """Runs the command line. Mistakes of the user end with status 2 and a message, never a traceback."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
    try:
        app()
    except UserError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt as stop:
        print(str(stop) or "Interrupted.", file=sys.stderr)
        raise SystemExit(getattr(stop, "status", 130)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        print(f"Error: {error.strerror or error}{place}", file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
