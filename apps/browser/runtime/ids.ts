/** Ids that mean the same in every vocabulary; text begins behind them. */
export const PADDING_ID = 0;
export const UNKNOWN_ID = 1;
export const START_ID = 2;
export const END_ID = 3;
