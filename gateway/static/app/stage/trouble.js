/** A stage that could not be made: why, in words, and that nothing is lost. */

import { cx, html } from '../core/dom.js';
import { capital, theProduct } from '../core/words.js';

/** The failures' codes where a person must agree first to what would be bought. */
const OVER_BUDGET = 'over-budget';
const NO_PRICE = 'no-price';

/**
 * Whether a checkpoint asks for leave to spend, rather than telling of a failure.
 * @param {{ code?: string | null } | null | undefined} checkpoint
 */
export const asksToSpend = (checkpoint) => [OVER_BUDGET, NO_PRICE].includes(checkpoint?.code ?? '');

/**
 * @param {{ checkpoint: import('../wire/types.js').Checkpoint, large: boolean }} props
 */
export function Trouble({ checkpoint, large }) {
  const [, reason] = /^The .+? could not be made: (.+)$/s.exec(checkpoint.message) ?? [null, checkpoint.message];
  const over = checkpoint.code === NO_PRICE ? 'The budget cannot count this' : 'This goes over the budget';
  const title = asksToSpend(checkpoint) ? over : `${theProduct(checkpoint.stage).replace(/^t/, 'T')} could not be made`;
  return html`
    <section class=${cx('failure', large && 'is-large')} role="alert">
      <h3>${title}</h3>
      <p>${capital(reason).replace(/[^.!?…]$/, '$&.')}</p>
      <p class="hint">What was made before is kept, and nothing is bought twice.</p>
    </section>`;
}
