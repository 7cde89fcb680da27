"""Times one case of the comparison in all its systems, a round after the other."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from decode_prepare import FIXED_SENTENCES
from sacrebleu.metrics import BLEU
from side_by_side import spread
from system_process import SystemProcess

SYSTEMS = {"keras_s2s": ("decode_ours", "OurSystem", {}),
           "keras_s2s_xla": ("decode_ours", "OurSystem", {"xla": True}),
           "saved_model": ("decode_ours", "OurSystem", {"exported": True}),
           "pytorch": ("decode_pytorch", "PyTorchSystem", {}),
           "joeynmt": ("decode_joeynmt", "JoeyNMTSystem", {})}
"""Module, class and arguments, see `system_worker`."""
PEERS = ("keras_s2s", "pytorch", "joeynmt")
SINGLE_PEERS = ("keras_s2s_xla", *PEERS)
"""Of one sentence at a time, where XLA pays."""
EXPORTED = ("keras_s2s", "saved_model")
SINGLE = 100
"""So many sentences are decoded one at a time."""


@dataclass(frozen=True)
class DecodeCase:
    """What is timed.

    Args:
        part: `"fixed"`, `"trained"` or `"file"`.
        search: `"greedy"` or `"beam"` (of 5).
        batch: Sentences decoded together.
        sentences: How many are decoded in a round; of a file, all.
        systems: Their names; the first is what the others are compared with.
        file: The text that is translated, or None for ids in, ids out.
    """

    part: str
    search: str
    batch: int
    sentences: int
    systems: tuple[str, ...] = PEERS
    file: str | None = None

    def request(self, file: str | None = None) -> dict:
        """What a system is asked; another file is for warming up."""
        asked = {"search": self.search, "batch": self.batch}
        if self.file:
            return {"call": "translate", "file": file or self.file, **asked}
        return {"call": "decode", "sentences": self.sentences, **asked}


def cases(part: str, test_sentences: int = 0, file_sentences: int = 0, most: int | None = None) -> list[DecodeCase]:
    """The cases of a part, of at most `most` sentences each (files excepted)."""
    if part == "file":
        return [DecodeCase(part, "beam", 64, file_sentences, file="file")]
    whole = FIXED_SENTENCES if part == "fixed" else test_sentences
    found = [DecodeCase(part, search, batch, min(SINGLE if batch == 1 else whole, whole, most or whole),
                        SINGLE_PEERS if batch == 1 else PEERS)
             for search in ("greedy", "beam") for batch in (1, 64)]
    if part == "trained":
        found += [DecodeCase(part, search, 64, test_sentences, EXPORTED, "test") for search in ("greedy", "beam")]
    return found


def measure(case: DecodeCase, processes: dict[str, SystemProcess], rounds: int, words: Sequence[str] = (),
            references: Sequence[str] = ()) -> dict:
    """Runs a case once to warm up and then in rounds, each system in turn.

    Args:
        case: What is timed.
        processes: The running systems by name; those of the case that do not run are left out.
        rounds: How often each is timed.
        words: The target vocabulary, for BLEU.
        references: True translations of the test set, for BLEU; nothing where there are none.

    Returns:
        The case; `"systems"`: for each the seconds of all rounds and how many cores were busy on its behalf (fewer
        than usual in a round that other work disturbed), sentences and output tokens a second by the median, end
        tokens counted, and BLEU; `"against"`: for each other system its seconds divided by the first's (by
        sentence and by token; median, least and greatest of the rounds) and the share of outputs that are the same.
    """
    names = [name for name in case.systems if name in processes]
    for name in names:
        processes[name].ask(**case.request("warm_up" if case.part == "file" else None))
    seconds, cores, outputs = {name: [] for name in names}, {name: [] for name in names}, {}
    for _ in range(rounds):
        for name in names:
            answer = processes[name].ask(**case.request())
            seconds[name].append(answer["seconds"])
            cores[name].append(round(answer["cpu_seconds"] / answer["seconds"], 2))
            outputs[name] = answer["outputs"]
    first = names[0]
    tokens = {name: sum(map(count_tokens, outputs[name])) for name in names}
    systems = {name: {"seconds": [round(one, 4) for one in seconds[name]], "cores": cores[name],
                      "tokens": tokens[name], **speeds(seconds[name], case.sentences, tokens[name]),
                      **bleu(outputs[name], words, references)} for name in names}
    against = {}
    for name in names[1:]:
        by_round = [other / own for own, other in zip(seconds[first], seconds[name], strict=True)]
        factor = tokens[first] / tokens[name]
        same = sum(own == other for own, other in zip(outputs[first], outputs[name], strict=True))
        against[name] = {"relative_time": spread(by_round),
                         "relative_time_by_token": spread([one * factor for one in by_round]),
                         "same_outputs": round(same / case.sentences, 4)}
    return {**asdict(case), "systems": systems, "against": against}


def speeds(seconds: Sequence[float], sentences: int, tokens: int) -> dict[str, float]:
    """Sentences and tokens a second by the median of seconds."""
    median = statistics.median(seconds)
    return {"sentences_per_second": round(sentences / median, 2), "tokens_per_second": round(tokens / median, 1)}


def count_tokens(output: list[int] | str) -> int:
    """Tokens of ids, or of a text of words, whose end token is not in it."""
    return len(output.split(" ")) + 1 if isinstance(output, str) else len(output)


def bleu(outputs: Sequence, words: Sequence[str], references: Sequence[str]) -> dict:
    """sacreBLEU's score (tokenize none) and signature, where all references have their output."""
    if len(outputs) != len(references):
        return {}
    texts = [output if isinstance(output, str) else " ".join(words[token] for token in output if token in (1, *range(
        4, len(words)))) for output in outputs]
    metric = BLEU(tokenize="none", force=True)  # `force`: that the text is tokenised already is meant so
    return {"bleu": round(metric.corpus_score(texts, [references]).score, 2), "signature": str(metric.get_signature())}
