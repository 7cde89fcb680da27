"""The queue in which requests wait for each other."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Hashable

from keras_s2s.serving.batch import Batch
from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.company import Company
from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.request_error import RequestError


class BatchQueue:
    """Gives out batches of like predictions, the one that has waited longest first.

    Predictions of like length wait in one group. A worker gets the group whose first member is the oldest, as
    many of its members as fit. So a long text neither holds up short ones in its own batch nor waits behind
    them for ever. One worker is kept from each group, for the others.

    Who gets an answer often asks again at once. So a batch of several is followed by one that waits until as many are
    there, though not for longer than a tenth of what the first one took. Who is alone waits for nobody.

    Args:
        options: Sizes and times.
        clock: Seconds that only go up. Default: `time.monotonic`.
    """

    def __init__(self, options: BatchOptions, clock: Callable[[], float] = time.monotonic):
        self._options, self._clock = options, clock
        self._groups: dict[Hashable, deque[Prediction]] = {}
        self._running: Counter[Hashable] = Counter()
        # How many pieces of each request wait, for each signature of each version.
        self._waiting: dict[Hashable, Counter[Prediction]] = {}
        self._company = Company()
        self._most_at_once = max(1, options.workers - 1)
        self._closed = False
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def put(self, *pieces: Prediction) -> None:
        """Adds a request: one prediction, or all the pieces that it was cut into.

        Raises:
            RequestError: UNAVAILABLE, where too many requests wait for this signature or the queue is closed.
        """
        with self._changed:
            if self._closed:
                raise RequestError("the server is shutting down", "UNAVAILABLE")
            queue = _queue(pieces[0])
            waiting = len(self._waiting.get(queue, ()))
            if waiting >= self._options.max_enqueued_requests:
                raise RequestError(
                    f"the batch scheduling queue is full: {waiting} requests are waiting; try again later",
                    "UNAVAILABLE",
                )
            for piece in pieces:
                piece.arrived = self._clock()
                self._groups.setdefault(piece.companions(self._options.smallest_length), deque()).append(piece)
            self._waiting.setdefault(queue, Counter()).update(piece.request for piece in pieces)
            self._changed.notify(len(pieces))

    def remove(self, prediction: Prediction) -> bool:
        """Takes a prediction out again, as nobody wants its answer any more. False: it is no longer waiting."""
        with self._changed:
            group = prediction.companions(self._options.smallest_length)
            members = self._groups.get(group)
            if members is None or prediction not in members:
                return False
            members.remove(prediction)
            self._left(group, prediction)
            return True

    def take(self, block: bool = True) -> Batch | None:
        """The next batch.

        Args:
            block: Whether to wait for one. Default: True.

        Returns:
            A batch; `done` must be called with it when it has run. None: there is none, and where `block` is
            set there will be none any more.
        """
        with self._changed:
            while True:
                group, wait = self._next_group()
                if group is not None:
                    return self._take_from(group)
                if not block or (self._closed and not self._groups):
                    return None
                self._changed.wait(wait)

    def done(self, batch: Batch) -> None:
        """Says that a batch has run: its group may be given out again."""
        with self._changed:
            self._running[batch.group] -= 1
            if self._running[batch.group] <= 0:
                del self._running[batch.group]
            self._company.answered(batch, self._clock() - batch.taken)
            self._changed.notify()

    def close(self) -> None:
        """Lets nothing in any more. What waits is still given out, now without waiting for company."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _next_group(self) -> tuple[Hashable | None, float | None]:
        """The group to give out now, or None and the seconds until one has waited long enough."""
        oldest, best, wait = None, 0.0, None
        now = self._clock()
        for group, members in self._groups.items():
            if self._running[group] >= self._most_at_once:
                continue
            enough, patience = self._options.max_batch_size, self._options.timeout_micros / 1e6
            rows, seconds = self._company.expected(group)
            if seconds > patience:
                enough, patience = rows, seconds
            left = members[0].arrived + patience - now
            full = sum(member.rows for member in members) >= enough if patience else True
            if left > 0 and not full and not self._closed:
                wait = left if wait is None else min(wait, left)
            elif oldest is None or members[0].arrived < best:
                oldest, best = group, members[0].arrived
        return oldest, wait

    def _take_from(self, group: Hashable) -> Batch:
        batch, rows, longest, now = Batch(group), 0, 0, self._clock()
        members = self._groups[group]
        while members:
            first = members[0]
            if first.deadline is not None and first.deadline <= now:
                batch.expired.append(first)
            elif batch.members and not self._options.fits(rows + first.rows, max(longest, first.length)):
                break
            else:
                batch.members.append(first)
                rows, longest = rows + first.rows, max(longest, first.length)
            members.popleft()
            self._left(group, first)
        if batch.members:
            batch.waited = now - batch.members[0].arrived
        self._running[group] += 1
        batch.taken = now
        return batch

    def _left(self, group: Hashable, prediction: Prediction) -> None:
        if not self._groups[group]:
            del self._groups[group]
        queue = _queue(prediction)
        requests = self._waiting[queue]
        requests[prediction.request] -= 1
        if not requests[prediction.request]:
            del requests[prediction.request]
        if not requests:
            del self._waiting[queue]
        if self._closed:
            self._changed.notify_all()


def _queue(prediction: Prediction) -> Hashable:
    return id(prediction.servable), prediction.signature
