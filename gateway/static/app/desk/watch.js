/** Keeps the tab's title true, and calls the person back when the shoot waits and nobody looks. */

import { useEffect, useRef } from '../core/dom.js';
import { entitle, notify } from '../core/attention.js';
import { asksToSpend } from '../stage/trouble.js';
import { shortened, theProduct, product } from '../core/words.js';

/**
 * @param {import('./desk.js').Desk} desk
 */
export function useWatch(desk) {
  const { state } = desk.live.value;
  const known = useRef(/** @type {string | null | undefined} */ (undefined));
  const checkpoint = state?.checkpoint ?? null;
  const title = state ? titleOf(state) : '';
  const waits = checkpoint !== null && state?.status !== 'complete';

  useEffect(() => entitle(title, waits), [title, waits]);
  useEffect(() => {
    if (!state) return;
    const before = known.current;
    known.current = checkpoint?.id ?? null;
    // What was open already when the page came up is no news.
    if (before === undefined || !checkpoint || checkpoint.id === before) return;
    notify(shortened(state.brief.prompt, 60), checkpoint.message, state.id);
  }, [checkpoint?.id, state !== null]);
}

/**
 * @param {import('../wire/types.js').ShootState} state
 */
function titleOf(state) {
  const name = shortened(state.brief.prompt, 40);
  const { checkpoint, status, stage } = state;
  if (status === 'cancelled') return `Cancelled: ${name}`;
  if (status === 'complete') return `Film finished: ${name}`;
  if (status === 'paused' && !asksToSpend(checkpoint)) return `${product(stage)} failed: ${name}`;
  return checkpoint ? `${product(checkpoint.stage)} waits: ${name}` : `Making ${theProduct(stage)}: ${name}`;
}
