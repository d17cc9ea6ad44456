/** What may be decided now, and what each choice will cost. Pure functions. */

import { currentTake } from './looking.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Options} Options
 * @typedef {import('../wire/types.js').Edit} Edit
 * @typedef {{ dollars: number | null }} Price  null: it is paid for, and no price is known
 */

const OVER = { complete: ['revise', 'modify', 'resize', 'regenerate', 'edit', 'use-take', 'feedback'], cancelled: ['approve', 'use-take', 'feedback'] };

/**
 * The names of the decisions that fit. A shoot that is over can be taken up again.
 * @param {ShootState} state
 * @returns {Set<string>}
 */
export function choices(state) {
  if (state.checkpoint) return new Set(state.checkpoint.options.decisions);
  if (!state.takes.length) return new Set();
  if (state.status === 'complete' || state.status === 'cancelled') return new Set(OVER[state.status]);
  return new Set();
}

/**
 * How long the film will be, in seconds.
 * @param {Edit} edit
 * @param {number} secondsPerClip
 */
export function filmSeconds(edit, secondsPerClip) {
  return ((edit.loop ? 6 : 5) * secondsPerClip) / edit.pace;
}

/**
 * What `pictures` and `clips` made anew cost.
 * @param {ShootState} state
 * @param {Options | null} options
 * @param {{ pictures?: number, clips?: number }} work
 * @returns {Price}
 */
export function price(state, options, { pictures = 0, clips = 0 }) {
  const paidPictures = state.providers && state.providers.images !== 'proof' ? pictures : 0;
  const paidClips = state.providers && state.providers.clips !== 'proof' ? clips : 0;
  if (!paidPictures && !paidClips) return { dollars: 0 };
  if (!options?.prices) return { dollars: null };
  return { dollars: paidPictures * options.prices.image + paidClips * options.prices.clip };
}

/**
 * How many clips an edit needs beyond those there are.
 * @param {ShootState} state
 * @param {Edit} edit
 */
export function clipsMissing(state, edit) {
  const made = new Set();
  for (const take of state.takes) {
    if (take.stage === 'clips' && take.madeFrom === state.current.frames) {
      take.artifacts.forEach((one) => made.add(one.name));
    }
  }
  const has = Math.max(currentTake(state, 'clips')?.artifacts.length ?? 0, made.size);
  return Math.max(0, (edit.loop ? 6 : 5) - has);
}

/**
 * What a whole shoot costs before it is begun, in US dollars; null where no price is known.
 * Two pictures (hero, contact sheet), a clip for each cut, two turns of the director.
 * @param {Options} options
 * @param {{ live: boolean, loop: boolean }} plan
 * @returns {number | null}
 */
export function wholeShoot(options, { live, loop }) {
  if (!live) return 0;
  if (!options.prices) return null;
  const { image, clip, turn } = options.prices;
  return 2 * image + (loop ? 6 : 5) * clip + 2 * turn;
}
