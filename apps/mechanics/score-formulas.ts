/** What each score computes, with q the query and h a state of the encoder. */
const FORMULAS: Readonly<Record<string, string>> = {
  bahdanau: "v · tanh(W q + U h)", coverage: "v · tanh(W q + U h + w coverage)",
  location: "v · tanh(W q + U h + F weights)", dot: "q · h", scaled_dot: "q · h / √d", general: "q · W h",
  concat: "v · tanh(W [q; h])",
};

/** The formula of a score, by the name that a trace gives it; a user's own score is named. */
export function formulaOf(name: string): string {
  if (name === "local") return formulaOf("local_general");
  // Local attention multiplies the softmax with a window around the place p that it predicts.
  if (name.startsWith("local_")) return `${formulaOf(name.slice(6))},  × exp(−(j − p)² / 2σ²)`;
  // Normalized: v has length g, and there is a bias (Salimans and Kingma 2016).
  if (name.startsWith("normalized_")) {
    return formulaOf(name.slice(11)).replace(/^v ·/, "g v/|v| ·").replace(/\)$/, " + b)");
  }
  return FORMULAS[name] ?? name;
}
