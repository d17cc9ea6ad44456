/** What the words, marks and settings at hand amount to: one decision, its name on the button, its price. */

import { asksToSpend } from '../stage/trouble.js';
import { clipsMissing, price, retryPrice } from '../desk/choices.js';
import { following, listed, theProduct } from '../core/words.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Decision} Decision
 * @typedef {import('../wire/types.js').Edit} Edit
 * @typedef {{ decision: Decision, label: string, rest?: string, hint?: string, dollars?: number | null }} Proposal  null: not known before; none: no price to speak of
 * @typedef {{ words: string, marks: number[], setUp: import('./draft.js').SetUp,
 *   reading?: import('./draft.js').Reading | null }} Said
 */

/**
 * What to do about what was said, or null where nothing was. `stage` is the one looked at.
 * @param {ShootState} state
 * @param {string} stage
 * @param {Set<string>} can
 * @param {Said} said
 * @returns {Proposal | null}
 */
export function answer(state, stage, can, { words, marks, setUp, reading = null }) {
  const text = words.trim();
  const instruction = text ? { instruction: text } : {};
  if (stage === 'frames' && marks.length && text && can.has('modify')) {
    return {
      decision: { type: 'modify', frames: marks, instruction: text },
      label: `Change ${marks.length > 1 ? 'frames' : 'frame'} ${listed(marks)}`,
      dollars: price(state, { pictures: marks.length }),
    };
  }
  if (stage === 'clips' && marks.length && can.has('regenerate')) {
    return {
      decision: { type: 'regenerate', clips: marks, ...instruction },
      label: `Redo ${marks.length > 1 ? 'clips' : 'clip'} ${listed(marks)}`,
      dollars: price(state, { clips: marks.length }),
    };
  }
  const set = Object.fromEntries(Object.entries(setUp).filter(([, value]) => value));
  if ((stage === 'hero' || stage === 'contact-sheet') && Object.keys(set).length && can.has('revise')) {
    return {
      decision: { type: 'revise', stage, ...set, ...instruction },
      label: `Redo ${theProduct(stage)}`,
      dollars: price(state, { pictures: 1 }),
    };
  }
  if (!text || !can.has('feedback')) return null;
  const decision = { type: 'feedback', text };
  if (isOf(reading, state, text)) return { decision, label: 'Do that', dollars: reading?.dollars };
  return { decision, label: 'Tell the director', ...(wordsMayCost(state) && { hint: 'may cost' }) };
}

/**
 * Whether a reading is of these words, at this checkpoint.
 * @param {import('./draft.js').Reading | null} reading
 * @param {ShootState} state
 * @param {string} text
 */
export function isOf(reading, state, text) {
  return reading !== null && reading.text === text && reading.checkpointId === (state.checkpoint?.id ?? null);
}

/**
 * Whether words can lead to something that is paid for: what they order, or Claude's hearing them.
 * @param {ShootState} state
 */
export function wordsMayCost(state) {
  if (!state.providers) return false;
  const { imageUsd = 0, clipUsd = 0, direction } = state.providers;
  return imageUsd !== 0 || clipUsd !== 0 || direction === 'claude';
}

/**
 * How to go on, or null where there is nowhere to go. A changed edit goes on as that edit.
 * @param {ShootState} state
 * @param {Set<string>} can
 * @param {Partial<Edit>} edit  what is to differ from the edit as it is
 * @returns {Proposal | null}
 */
export function onward(state, can, edit) {
  const { checkpoint } = state;
  if (!checkpoint) {
    return state.status === 'cancelled' && can.has('approve')
      ? { decision: { type: 'approve' }, label: 'Take it up again', dollars: null } : null;
  }
  if (can.has('retry')) {
    const label = asksToSpend(checkpoint) ? 'Agree and go on' : 'Try again';
    return { decision: { type: 'retry' }, label, dollars: retryPrice(state, checkpoint.stage) };
  }
  const changed = differing(state.edit, edit);
  if (changed && can.has('edit') && (checkpoint.stage === 'clips' || checkpoint.stage === 'complete')) {
    const clips = clipsMissing(state, { ...state.edit, ...edit });
    const label = checkpoint.stage === 'complete' ? 'Cut it again' : 'Cut the film';
    return { decision: { type: 'edit', ...changed }, label, dollars: price(state, { clips }) };
  }
  if (!can.has('approve')) return null;
  const next = following(checkpoint.stage);
  if (!next) return { decision: { type: 'approve' }, label: 'Wrap the shoot' };
  const name = next === 'complete' ? { label: 'Cut the film' } : { label: 'Continue', rest: `to ${theProduct(next)}` };
  return { decision: { type: 'approve' }, ...name, dollars: checkpoint.estimate };
}

/**
 * The fields of `edit` that change something, or null.
 * @param {Edit} now
 * @param {Partial<Edit>} edit
 */
export function differing(now, edit) {
  const entries = Object.entries(edit).filter(([name, value]) => value !== now[/** @type {keyof Edit} */ (name)]);
  return entries.length ? Object.fromEntries(entries) : null;
}
