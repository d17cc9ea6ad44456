/** What of a shoot is looked at: a stage, and one of its takes. */

import { STAGES } from '../core/words.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Take} Take
 * @typedef {import('../core/words.js').Stage} Stage
 * @typedef {{ stage: Stage, takes: Take[], take: Take | null, inUse: number | null,
 *   making: number | null, isSubject: boolean }} View
 */

/**
 * The stage that the shoot is about now: that of the open checkpoint, or the one being made.
 * @param {ShootState} state
 * @returns {Stage}
 */
export const subject = (state) => state.checkpoint?.stage ?? state.stage;

/**
 * What to show for an address. Without a stage it is the subject; without a take the one in use,
 * and while a new one is made, that one.
 * @param {ShootState} state
 * @param {string | null} wantedStage
 * @param {number | null} wantedTake
 * @returns {View}
 */
export function view(state, wantedStage, wantedTake) {
  const stage = /** @type {Stage} */ (wantedStage ?? subject(state));
  const takes = state.takes.filter((take) => take.stage === stage);
  const inUse = state.current[stage] ?? null;
  const making = makingOf(state, stage, takes);
  const shown = wantedTake ?? (making ? null : inUse ?? takes.at(-1)?.number ?? null);
  const take = takes.find((one) => one.number === shown) ?? null;
  return { stage, takes, take, inUse, making: take ? null : making, isSubject: stage === subject(state) };
}

/**
 * The number of the take of `stage` that is being made, or null.
 * @param {ShootState} state
 * @param {Stage} stage
 * @param {Take[]} takes
 */
function makingOf(state, stage, takes) {
  const shown = state.checkpoint?.stage === stage ? state.checkpoint.take : null;
  if (shown && !takes.some((one) => one.number === shown)) return shown;
  if (state.status !== 'running' || state.stage !== stage) return null;
  const run = state.running.find((one) => one.runId.startsWith(`${stage}-`));
  if (run) return Number(run.runId.slice(stage.length + 1).split('-')[0]);
  return takes.length || state.checkpoint ? null : 1;
}

/**
 * Whether a stage has been reached, and can be looked at.
 * @param {ShootState} state
 * @param {Stage} stage
 */
export function isReached(state, stage) {
  return stage === subject(state) || state.takes.some((take) => take.stage === stage)
    || STAGES.indexOf(stage) < STAGES.indexOf(subject(state));
}

/**
 * The take of the preceding stage that `take` was made from.
 * @param {ShootState} state
 * @param {Take} take
 * @returns {Take | null}
 */
export function parentOf(state, take) {
  const before = STAGES[STAGES.indexOf(take.stage) - 1];
  return state.takes.find((one) => one.stage === before && one.number === take.madeFrom) ?? null;
}

/**
 * Whether a take is made of proofs. Frames and films are cut on this machine from what was rendered.
 * @param {ShootState} state
 * @param {Take} take
 * @returns {boolean}
 */
export function isProof(state, take) {
  const cut = take.stage === 'frames' || take.stage === 'complete';
  const from = cut ? parentOf(state, take) : null;
  return from ? isProof(state, from) : take.provider === 'proof';
}

/**
 * The take of a stage in use.
 * @param {ShootState} state
 * @param {Stage} stage
 * @returns {Take | null}
 */
export function currentTake(state, stage) {
  return state.takes.find((one) => one.stage === stage && one.number === state.current[stage]) ?? null;
}
