import { Seq2SeqMechanics } from "./seq2seq-mechanics.js";

export { Seq2SeqMechanics };
export type { Trace } from "./trace.js";

if (customElements.get("seq2seq-mechanics") === undefined) {
  customElements.define("seq2seq-mechanics", Seq2SeqMechanics);
}
