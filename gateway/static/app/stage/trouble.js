/** A stage that could not be made: why, in words, and that nothing is lost. */

import { cx, html } from '../core/dom.js';
import { theProduct } from '../core/words.js';

/**
 * @param {{ checkpoint: import('../wire/types.js').Checkpoint, large: boolean }} props
 */
export function Trouble({ checkpoint, large }) {
  const [, reason] = /^The .+? could not be made: (.+)$/s.exec(checkpoint.message) ?? [null, checkpoint.message];
  return html`
    <section class=${cx('failure', large && 'is-large')} role="alert">
      <h3>${`${theProduct(checkpoint.stage).replace(/^t/, 'T')} could not be made`}</h3>
      <p>${reason}</p>
      <p class="hint">What was made before is kept, and nothing is bought twice.</p>
    </section>`;
}
