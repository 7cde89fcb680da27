import { AlternativesList } from "./alternatives-list.js";
import { element } from "./dom.js";
import { computedBy, milliseconds, percentage, showFacts } from "./facts.js";
import { HeatMap } from "./heat-map.js";
import type { ModelInfo, TokenEvent, Translation } from "./runtime.js";

/** When what happened, in milliseconds since the visitor asked. The page's own pauses are not counted. */
export interface Times {
  first: number;
  all: number;
}

/** The translation as it is written, its attention and the facts. */
export class AnswerView {
  private readonly result = element("result", HTMLElement);
  private readonly answer = element("answer", HTMLElement);
  private readonly announcement = element("announcement", HTMLElement);
  private readonly notice = element("notice", HTMLElement);
  private readonly attention = element("attention", HTMLElement);
  private readonly facts = element("facts", HTMLElement);
  private readonly heatMap = new HeatMap(element("map", HTMLElement));
  private readonly alternatives = new AlternativesList((found) => this.draw(found));
  private sourceTokens: readonly string[] = [];
  private written = 0;

  clear(): void {
    this.result.hidden = true;
    this.announcement.textContent = "";
    showFacts(this.facts, []);
  }

  begin(): void {
    this.result.hidden = false;
    this.answer.textContent = "";
    this.announcement.textContent = "";
    this.answer.classList.add("writing");
    this.written = 0;
    this.alternatives.show([]);
    this.tell([]);
  }

  add(event: TokenEvent): void {
    if (event.position === 0) this.startMap(event.sourceTokens, [event.attention]);
    this.answer.textContent = event.text;
    this.heatMap.addRow(event.token, event.attention);
    this.written = event.position + 1;
  }

  finish(found: Translation, info: Readonly<ModelInfo>, times: Times): void {
    this.answer.classList.remove("writing");
    this.answer.textContent = found.text;
    this.sourceTokens = found.sourceTokens;
    // With a beam what was written on the way may be another hypothesis than the best one.
    if (this.written === found.tokens.length && found.nBest.length === 0) this.heatMap.finish();
    else this.draw(found);
    if (found.tokens.length === 0) this.attention.hidden = true;
    this.alternatives.show(found.nBest);
    // Screen readers hear the whole translation once, not each of its tokens.
    this.announcement.textContent = found.text === "" ? "" : `Translation: ${found.text}`;
    this.tell(notices(found, info));
    showFacts(this.facts, found.tokens.length === 0 ? [] : [
      ["Time", milliseconds(times.all)],
      ["First token", milliseconds(times.first)],
      ["Tokens per second", (found.tokens.length / (times.all / 1000)).toFixed(0)],
      ["Probability", percentage(Math.exp(found.logProb))],
      ["Computed by", computedBy(info)],
    ]);
  }

  /** The run ended before its time; what is written stays. */
  stop(message?: string): void {
    this.answer.classList.remove("writing");
    this.heatMap.finish();
    if (this.written === 0) this.attention.hidden = true;
    this.tell(message === undefined ? [] : [message]);
    this.announcement.textContent = message ?? "";
  }

  private draw(found: Translation): void {
    this.answer.textContent = found.text;
    this.startMap(this.sourceTokens, found.attention);
    found.tokens.forEach((token, step) => this.heatMap.addRow(token, found.attention[step]!));
    this.heatMap.finish();
  }

  private startMap(sourceTokens: readonly string[], attention: readonly (readonly number[])[]): void {
    // A model without attention gives weights that are all 0.
    this.attention.hidden = !attention.some((row) => row.some((weight) => weight > 0));
    this.heatMap.start(sourceTokens);
  }

  private tell(messages: readonly string[]): void {
    this.notice.hidden = messages.length === 0;
    this.notice.textContent = messages.join(" ");
  }
}

/** What there is to say about an answer, in words. */
function notices(found: Translation, { maxSourceTokens }: Readonly<ModelInfo>): string[] {
  // The end token is not the visitor's.
  const read = found.sourceTokens.length - 1;
  if (read === 0) return ["There is nothing to translate yet: write something above."];
  const said = found.text === "" ? ["The model's answer to this text is empty."] : [];
  if (found.truncated) said.push(`The model reads the first ${maxSourceTokens} tokens of a text, and no more.`);
  return said;
}
