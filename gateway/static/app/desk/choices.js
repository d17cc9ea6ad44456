/** What may be decided now, and what each choice will cost. Pure functions. */

import { currentTake } from './looking.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Options} Options
 * @typedef {import('../wire/types.js').Edit} Edit
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
 * What `count` pieces cost; null where their price is not known.
 * @param {number} count
 * @param {number | null | undefined} each
 */
const times = (count, each) => (!count ? 0 : each == null ? null : count * each);

/**
 * What `pictures` and `clips` made anew cost, in US dollars, by the prices the shoot began with;
 * null where those are not known.
 * @param {ShootState} state
 * @param {{ pictures?: number, clips?: number }} work
 * @returns {number | null}
 */
export function price(state, { pictures = 0, clips = 0 }) {
  const { imageUsd, clipUsd } = state.providers ?? { imageUsd: 0, clipUsd: 0 };
  const [all, moving] = [times(pictures, imageUsd), times(clips, clipUsd)];
  return all === null || moving === null ? null : all + moving;
}

/**
 * What trying a failed stage again costs at most, in US dollars: what is there already is not
 * bought again. Undefined where that cannot be told, null where no price is known.
 * @param {ShootState} state
 * @param {string} stage
 */
export function retryPrice(state, stage) {
  if (stage === 'hero' || stage === 'contact-sheet') return price(state, { pictures: 1 });
  if (stage === 'clips') return price(state, { clips: clipsMissing(state, state.edit) });
  return stage === 'complete' ? 0 : undefined;
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
 * What a whole shoot costs before it is begun, in US dollars; null where no price is known. Two
 * pictures (hero and contact sheet) and a clip for each cut; changes come on top.
 * @param {Options} options
 * @param {{ images: boolean, clips: boolean, loop: boolean }} plan  what is rendered live
 * @returns {number | null}
 */
export function wholeShoot(options, { images, clips, loop }) {
  const { imageUsd, clipUsd } = options.providers;
  const [stills, moving] = [times(images ? 2 : 0, imageUsd), times(clips ? (loop ? 6 : 5) : 0, clipUsd)];
  return stills === null || moving === null ? null : stills + moving;
}
