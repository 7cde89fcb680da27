const SUBSCRIPTS: Readonly<Record<string, string>> = {
  "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉",
};

/** A quantity at a time, "s" and 3 -> "s₃". */
export function at(name: string, time: number): string {
  return name + [...String(time)].map((digit) => SUBSCRIPTS[digit] ?? digit).join("");
}

/** A number as it is shown: three decimals for what moves between -1 and 1, fewer for large ones. */
export function format(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return minus(value.toFixed(0));
  if (size >= 10) return minus(value.toFixed(1));
  if (size < 0.0005) return minus(value.toExponential(0));
  return minus(value.toFixed(3));
}

/** A probability as it is shown, in per cent. */
export function percent(value: number): string {
  if (value > 0 && value < 0.001) return "<0.1 %";
  // Never "100 %" for what is less: other tokens had a chance.
  if (value < 1 && value > 0.999) return ">99.9 %";
  return `${(value * 100).toFixed(1)} %`;
}

/** An attention weight as it is shown: three decimals, however small. */
export function weight(value: number): string {
  return value > 0 && value < 0.0005 ? "<0.001" : value.toFixed(3);
}

/** A score or similarity as it is shown: three decimals. */
export function signed(value: number): string {
  return fixed(value, 3);
}

/** The decimals that numbers of at most this size are shown with, so that all of a column have as many. */
export function decimalsFor(largest: number): number {
  return largest >= 1000 ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
}

/** A number with so many decimals; what rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return minus(Number(text) === 0 ? text.replace("-", "") : text);
}

/** A token as it can be seen: a space becomes ␣. */
export function visible(token: string): string {
  return token.replace(/[ \u00a0]/g, "␣").replace(/\n/g, "⏎").replace(/\t/g, "⇥");
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A visible token of at most `most` characters; emoji families and accents are not cut apart. */
export function shortened(token: string, most: number): string {
  const characters = [...SEGMENTER.segment(visible(token))].map(({ segment }) => segment);
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}

/** Roughly how wide a text is, in letters: signs of East Asian scripts and emoji count twice. */
export function letters(text: string): number {
  let sum = 0;
  for (const { segment } of SEGMENTER.segment(text)) {
    sum += /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Extended_Pictographic}/u
      .test(segment) ? 2 : 1;
  }
  return sum;
}

function minus(text: string): string {
  return text.replaceAll("-", "−");
}
