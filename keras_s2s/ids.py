"""The ids that mean the same in every vocabulary, source and target."""

PADDING_ID, UNKNOWN_ID, START_ID, END_ID = 0, 1, 2, 3
