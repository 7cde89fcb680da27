"""Translates files that outgrow one machine: an Apache Beam pipeline around an exported SavedModel.

    pip install 'keras-s2s[bulk]'
    python apps/serving/bulk_translate.py --model dates --input 'corpus/*.txt.gz' --output out/iso \
        --dead-letters out/failed [Beam's options: --runner=DirectRunner --direct_num_workers=4 ...]

`keras-s2s translate` is the way on one machine: a pipe, every decoding option, an answer at once. This is the way
when the files need many machines or more than a few hours: Beam spreads the work over the workers of its runner (this
process by default; Flink, Spark, Dataflow), repeats what fails there, and a run that was killed is given again and
goes on. It needs more to set up, and it only does what the signature `serving_default` does.

**What it writes.** Sources are the lines of plain or .gz files, one a line. The files in the order of their names are
cut into ranges of `--lines-per-shard` lines; the last of a file may be shorter. A range becomes one output file,
`OUTPUT-00003-of-00012`, its lines in the order of the source. So the output files in the order of their names are the
input in its order; `OUTPUT.shards.tsv` names the file and the first line of each.
A line that fails (no UTF-8, too long, empty with `--reject-empty`, or an error of the graph even when it is alone) is
not in the output, but in the dead letters, `FAILED-00003-of-00012`, an object
`{"file", "line", "text", "error"}` a line; bytes that are no UTF-8 stand there as `\\xff`. With `--json` the
translations are objects, too: `{"file", "line", "translation", "score"}`.

**Why nothing is lost, nor there twice.** A range is one element of the pipeline: one worker reads it, translates it
in batches of similar length, and writes it. Beam's own batching (`BatchElements`, `GroupIntoBatches`) would need the
lines grouped by shard again, and in a batch pipeline no group is handed on before all lines are translated: a run
killed after hours would have written nothing. A file gets its name when it is complete, the dead letters before the
translations. What is complete is left alone when a range is repeated, by the runner or by a second run; batches depend
on the range alone, so the second run writes what the first one would have. `OUTPUT.run.json` keeps what the run was
given, and a run with other files, another model or other options is refused.

**On several machines.** The workers need `keras-s2s[bulk]`, the model under the same path, and a file system that
they share with Beam's support for it. A .gz file can only be read from its beginning: one worker does it all, so
give many of them, or plain files.
"""

import argparse
import logging
import sys

from keras_s2s.errors import UserError

try:
    logging.disable(logging.WARNING)  # Beam warns that a library is absent which only Google's services need
    import apache_beam as beam
    from apache_beam.internal.cloudpickle import cloudpickle
    from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
    from apache_beam.runners.runner import PipelineState
except ImportError as missing:
    absent = UserError(f"Apache Beam cannot be imported ({missing})", "expected the extra bulk",
                       "install it: pip install 'keras-s2s[bulk]'")
    sys.exit(f"Error: {absent}")
finally:
    logging.disable(logging.NOTSET)

import bulk
from bulk.files import remove_parts
from bulk.plan import numbered, ranges_of
from bulk.run_note import begin_or_go_on, input_files, saved_model
from bulk.translate_shards import TranslateShards


def main(arguments=None):
    """Runs the pipeline; returns the number of shards written and kept, of translations and of dead letters.

    Raises:
        UserError: for inputs, a model or a prefix that cannot be used.
    """
    cloudpickle.register_pickle_by_value(bulk)  # workers get these modules with the pipeline
    options, rest = _parser().parse_known_args(arguments)
    options = vars(options)
    options["dead_letters"] = options["dead_letters"] or f"{options['output']}.dead-letters"
    model = saved_model(options.pop("model"))
    files = input_files(options.pop("input"), options)
    begin_or_go_on(options, model, files)
    beam_options = PipelineOptions(rest)
    standard = beam_options.view_as(StandardOptions)
    if (standard.runner or "DirectRunner") == "DirectRunner":
        # What runs batch pipelines within DirectRunner. That one would first try to fetch another runner, Prism, from
        # the network.
        standard.runner = "FnApiRunner"
    pipeline = beam.Pipeline(options=beam_options)
    _ = (pipeline
         | "Files" >> beam.Create([file.path for file in files])
         | "To all workers" >> beam.Reshuffle()
         | "Cut" >> beam.Map(ranges_of, options["lines_per_shard"])
         | "All files" >> beam.combiners.ToList()
         | "Number" >> beam.FlatMap(numbered, options["output"])
         | "To all workers again" >> beam.Reshuffle()
         | "Translate" >> beam.ParDo(TranslateShards(options, model)))
    result = pipeline.run()
    state = result.wait_until_finish()
    if state not in (None, PipelineState.DONE):
        raise SystemExit(f"The pipeline ended as {state}. Give the same command again to go on.")
    remove_parts([options["output"], options["dead_letters"]])
    counters = {counter.key.metric.name: counter.result for counter in result.metrics().query()["counters"]
                if counter.key.metric.namespace == "bulk"}
    return {name: counters.get(name, 0) for name in ("written", "kept", "translations", "dead_letters")}


def _parser():
    def positive(text):
        number = int(text)
        if number < 1:
            raise argparse.ArgumentTypeError(f"{text} is not at least 1")
        return number

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False,
                                     epilog="Other options are Beam's own, e.g. --runner.")
    add = parser.add_argument
    add("--model", required=True, help="An exported SavedModel, a model directory that holds one, or a shipped name.")
    add("--input", required=True, help="Files or a glob, plain or .gz, one source a line.")
    add("--output", required=True, help="What the output files' names begin with.")
    add("--dead-letters", help="What the names of the failed lines' files begin with. Default: OUTPUT.dead-letters.")
    add("--lines-per-shard", type=positive, default=10_000, help="Lines to an output file. Default: 10000.")
    add("--batch-size", type=positive, default=64, help="The most lines in a batch. Default: 64.")
    add("--max-bytes", type=positive, default=4096, help="Longer lines are dead letters. Default: 4096.")
    add("--reject-empty", action="store_true", help="Blank lines are dead letters. Default: translated as they are.")
    add("--json", action="store_true", help="JSON objects with file, line, translation and score.")
    add("--threads", type=positive, help="Batches at a time in a worker process. Default: one for each processor; "
        "give 1 where the runner starts a process for each.")
    return parser


if __name__ == "__main__":
    try:
        counts = main()
    except UserError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    print("{written:,} shards written with {translations:,} translations and {dead_letters:,} dead letters; "
          "{kept:,} shards were there".format(**counts), file=sys.stderr)
