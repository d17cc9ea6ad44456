/** The rail: the five stages in order, each with its picture, as far as the shoot has come. */

import { cx, html } from '../core/dom.js';
import { shootHref } from '../core/route.js';
import { counted, product, STAGES } from '../core/words.js';
import { scaled, takeUrl } from '../wire/media.js';
import { asksToSpend } from '../stage/trouble.js';
import { currentTake, isReached, parentOf, subject } from './looking.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../core/words.js').Stage} Stage
 */

/**
 * @param {{ live: import('./live.js').Live, looking: import('./looking.js').View }} props
 */
export function Rail({ live, looking }) {
  const state = /** @type {ShootState} */ (live.state);
  return html`
    <nav class="rail" aria-label="Stages">
      <ol>
        ${STAGES.map((stage) => html`<li key=${stage}><${Stop} state=${state} stage=${stage} shown=${looking.stage === stage} /></li>`)}
      </ol>
    </nav>`;
}

/** Whether the shoot waits because something went wrong. Going over the budget is a question, and no fault. */
const failed = (/** @type {ShootState} */ state) => state.status === 'paused' && !asksToSpend(state.checkpoint);

/**
 * @param {{ state: ShootState, stage: Stage, shown: boolean }} props
 */
function Stop({ state, stage, shown }) {
  const takes = state.takes.filter((one) => one.stage === stage).length;
  const isSubject = subject(state) === stage;
  const working = isSubject && state.status === 'running';
  const calling = isSubject && state.checkpoint !== null && state.status !== 'complete';
  const picture = thumbnail(state, stage);
  const body = html`
    <span class="stop-picture">
      ${picture ? html`<img src=${picture} alt="" draggable=${false} />` : html`<span aria-hidden="true">${STAGES.indexOf(stage) + 1}</span>`}
    </span>
    <span class="stop-words">
      <span class="stop-name">${product(stage)}</span>
      <span class="stop-note">${working ? 'at work' : calling ? (failed(state) ? 'failed' : 'waits') : takes > 1 ? counted(takes, 'take') : ''}</span>
    </span>`;
  const name = cx('stop', isSubject && 'is-subject', working && 'is-working', calling && 'is-calling');
  if (!isReached(state, stage)) return html`<span class=${cx(name, 'is-ahead')} aria-disabled="true">${body}</span>`;
  return html`<a class=${name} href=${isSubject ? shootHref(state.id) : shootHref(state.id, stage)} aria-current=${shown ? 'step' : undefined}>${body}</a>`;
}

/**
 * A small picture for a stage: its first artifact, or the first frame where that is a clip.
 * @param {ShootState} state
 * @param {Stage} stage
 */
function thumbnail(state, stage) {
  const take = currentTake(state, stage);
  if (!take) return null;
  if (take.artifacts[0]?.kind === 'image') return scaled(takeUrl(state.id, stage, take.number, take.artifacts[0]), 320);
  let still = parentOf(state, take);
  if (still?.stage === 'clips') still = parentOf(state, still);
  const frame = still?.artifacts[stage === 'clips' ? 0 : 4];
  return still && frame ? scaled(takeUrl(state.id, still.stage, still.number, frame), 320) : null;
}
