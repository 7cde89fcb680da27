"""The command line's options for decoding; `Decoding` explains and checks them."""

from typing import Annotated

import typer

Beam = Annotated[int, typer.Option(
    "--beam", min=1, help="Hypotheses kept at every step. 1 is greedy search.")]
NBest = Annotated[int, typer.Option(
    "--n-best", min=1, help="Translations of each text: lines `line ||| text ||| score`, or n_best with --json.")]
LengthNormalization = Annotated[str, typer.Option(
    metavar="mean|gnmt|none", help="How a beam compares hypotheses of different length.")]
Alpha = Annotated[float, typer.Option(min=0.0, help="Exponent of the length normalisation.")]
CoveragePenalty = Annotated[float, typer.Option(
    min=0.0, help="GNMT's beta: against source words that are left out; 0.2, say.")]
Samples = Annotated[int, typer.Option(min=0, help="Draw so many translations at random in place of a beam.")]
Temperature = Annotated[float, typer.Option(help="Below 1: likelier samples; above: more varied ones.")]
TopK = Annotated[int, typer.Option(min=0, help="Draw from the k likeliest tokens only. 0: from all.")]
TopP = Annotated[float, typer.Option(help="Draw from the likeliest tokens that make up this probability.")]
Seed = Annotated[int, typer.Option(min=0, help="Of the samples.")]
MinimumBayesRisk = Annotated[bool, typer.Option(
    "--mbr", help="Choose the sample, or the beam's hypothesis, that agrees best with the others (chrF).")]
MinLength = Annotated[int, typer.Option(min=0, help="The fewest tokens before the end token.")]
MinLengthRatio = Annotated[float, typer.Option(min=0.0, help="The fewest for each source token.")]
MaxLength = Annotated[int | None, typer.Option(min=1, help="The most, with the end token. Default: by the model.")]
MaxLengthRatio = Annotated[float | None, typer.Option(help="The most for each source token.")]
Forbid = Annotated[list[str] | None, typer.Option(metavar="TOKEN", help="A token that is never written. Repeatable.")]
NoRepeatNgram = Annotated[int, typer.Option(min=0, help="No so many tokens in a row are written twice. 0: may be.")]
RepetitionPenalty = Annotated[float, typer.Option(min=1.0, help="Multiplies the log-probability of repeated tokens.")]
Unknown = Annotated[str, typer.Option(
    metavar="keep|forbid|replace", help="Unknown tokens: as <unk>, never, or the source word looked at most.")]
Xla = Annotated[bool, typer.Option("--xla", help="Compile the search: the first of every length takes seconds.")]
Ensemble = Annotated[list[str] | None, typer.Option(
    metavar="MODEL", help="Another model, with the same vocabularies, that decides with the first. Repeatable.")]
