/**
 * A shoot as the page knows it: the gateway's state, and what the events since then add to it.
 *
 * Pure functions. The state's own offset says which events it contains already: those before it
 * change only the conversation, those from it on change the state too. What events do not tell in
 * full (a take, the edit) makes the state doubtful, and it is fetched again.
 */

import * as conversation from './conversation.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').WireEvent} WireEvent
 * @typedef {{ completed: number, total: number, message: string }} Progress
 * @typedef {{ stage: string, take: number, item: string }} Run
 * @typedef {{
 *   state: ShootState | null,
 *   seen: number,
 *   doubtful: boolean,
 *   talk: conversation.Item[],
 *   progress: Record<string, Progress>,
 *   landed: Record<string, string>,
 *   spent: number | null,
 *   news: string,
 * }} Live
 */

/** @returns {Live} */
export const unknown = () => ({
  state: null, seen: -1, doubtful: true, talk: [], progress: {}, landed: {}, spent: null, news: '',
});

const RUN = /^(hero|contact-sheet|frames|clips|complete)-(\d+)-(.+)$/;

/**
 * The parts of a script's run id; null for the director's own tools.
 * @param {string} runId
 * @returns {Run | null}
 */
export function runOf(runId) {
  const match = RUN.exec(runId);
  return match && { stage: match[1], take: Number(match[2]), item: match[3] };
}

/**
 * The key of an artifact that has landed before its take is whole.
 * @param {string} stage
 * @param {number} take
 * @param {string} name
 */
export const landedKey = (stage, take, name) => `${stage}/${take}/${name}`;

/**
 * Take over a state that was fetched. One that is older than the events already seen is refused,
 * unless there is none yet, or `anyway`; either way the shoot stays doubtful then.
 * @param {Live} live
 * @param {ShootState} state
 * @param {boolean} [anyway]
 * @returns {Live}
 */
export function adopt(live, state, anyway = false) {
  const old = state.offset <= live.seen;
  if (old && live.state && !anyway) return { ...live, doubtful: true };
  return { ...live, state, doubtful: old && !anyway, spent: spentOf(state) };
}

/**
 * What the ledger may have cost, in US dollars.
 * @param {ShootState} state
 */
export function spentOf(state) {
  return state.ledger.reduce((sum, one) => (one.state === 'failed' ? sum : sum + (one.estimateUsd ?? 0)), 0);
}

/**
 * The shoot after one more event.
 * @param {Live} live
 * @param {WireEvent} event
 * @param {number} offset
 * @returns {Live}
 */
export function apply(live, event, offset) {
  if (event.type === 'snapshot') return redraw(live, event);
  if (event.type === 'gap') return { ...live, doubtful: true };
  if (offset <= live.seen) return live;
  const heard = { ...live, seen: offset, talk: conversation.add(live.talk, event, offset) };
  return live.state && offset < live.state.offset ? heard : change(heard, event);
}

/**
 * A snapshot in the stream stands for events that are not to be had: draw all from it.
 * @param {Live} live
 * @param {WireEvent} event
 */
function redraw(live, event) {
  const talk = conversation.fromState(event.state, event.speaking ?? []);
  return adopt({ ...live, seen: event.offset - 1, talk }, event.state);
}

/**
 * @param {Live} live
 * @param {WireEvent} event
 * @returns {Live}
 */
function change(live, event) {
  switch (event.type) {
    case 'status':
      return { ...live, news: event.message };
    case 'system':
      return event.subtype === 'tool_start' ? begun(live, event) : ended(live, event);
    case 'progress': {
      const { completed, total, message } = event;
      const key = `${event.stage}/${event.item}`;
      return { ...live, progress: { ...live.progress, [key]: { completed, total, message } } };
    }
    case 'artifact': {
      const name = event.artifact.split('/').slice(2).join('/');
      const key = landedKey(event.stage, event.take, name);
      return { ...live, landed: { ...live.landed, [key]: name } };
    }
    case 'cost':
      return { ...live, spent: event.totals.estimateUsd };
    case 'decision':
      return patched({ ...live, progress: {}, doubtful: true }, { checkpoint: null, ...(resumes(live, event) && { status: 'running' }) });
    case 'checkpoint': {
      const { checkpoint, awaitingInput } = event;
      const waiting = awaitingInput ? 'awaiting-input' : 'complete';
      const status = checkpoint.status === 'failed' ? 'paused' : waiting;
      const next = { checkpoint, status, stage: checkpoint.stage, running: [] };
      return patched({ ...live, doubtful: true, news: '' }, next);
    }
    case 'complete': {
      const cancelled = event.exitCode !== 0;
      return patched({ ...live, doubtful: true }, cancelled ? { status: 'cancelled', checkpoint: null, running: [] } : {});
    }
    default:
      return live;
  }
}

/**
 * Whether work follows a decision. Approving the film, or cancelling, ends the shoot.
 * @param {Live} live
 * @param {WireEvent} event
 */
function resumes({ state }, { decision }) {
  const ends = decision.type === 'cancel' || (decision.type === 'approve' && state?.checkpoint?.stage === 'complete');
  return !ends;
}

/**
 * @param {Live} live
 * @param {WireEvent} event
 */
function begun(live, event) {
  const run = runOf(event.runId);
  if (!run || !live.state) return live;
  const running = live.state.running.filter((one) => one.runId !== event.runId);
  running.push({ runId: event.runId, tool: event.tool, detail: event.data.detail ?? '' });
  return patched(
    { ...live, doubtful: live.doubtful || live.state.stage !== run.stage },
    { running, stage: run.stage, status: 'running' },
  );
}

/**
 * @param {Live} live
 * @param {WireEvent} event
 */
function ended(live, event) {
  const running = live.state?.running.filter((one) => one.runId !== event.runId);
  return running ? patched(live, { running }) : live;
}

/**
 * @param {Live} live
 * @param {Record<string, unknown>} update
 * @returns {Live}
 */
function patched(live, update) {
  return live.state ? { ...live, state: /** @type {ShootState} */ ({ ...live.state, ...update }) } : live;
}
