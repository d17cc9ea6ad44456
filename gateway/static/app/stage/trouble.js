/** A stage that could not be made: why, in words, and that nothing is lost. */

import { cx, html } from '../core/dom.js';
import { capital, theProduct } from '../core/words.js';

/** The failure's code where going on would cost more than was allowed. */
export const OVER_BUDGET = 'over-budget';

/**
 * @param {{ checkpoint: import('../wire/types.js').Checkpoint, large: boolean }} props
 */
export function Trouble({ checkpoint, large }) {
  const [, reason] = /^The .+? could not be made: (.+)$/s.exec(checkpoint.message) ?? [null, checkpoint.message];
  const title = checkpoint.code === OVER_BUDGET ? 'This goes over the budget' : `${theProduct(checkpoint.stage).replace(/^t/, 'T')} could not be made`;
  return html`
    <section class=${cx('failure', large && 'is-large')} role="alert">
      <h3>${title}</h3>
      <p>${capital(reason).replace(/[^.!?…]$/, '$&.')}</p>
      <p class="hint">What was made before is kept, and nothing is bought twice.</p>
    </section>`;
}
