/** A take while it is made: what it is made from, dimmed, and how far each part has come. */

import { cx, html } from '../core/dom.js';
import { STAGES, theProduct } from '../core/words.js';
import { landedKey, runOf } from '../desk/live.js';
import { currentTake } from '../desk/looking.js';
import { referenceUrl, scaled, takeUrl } from '../wire/media.js';
import { startOf } from './clips.js';
import { Clip } from './clip.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../desk/live.js').Live} Live
 * @typedef {{ live: Live, looking: import('../desk/looking.js').View, take: number | null }} MakingProps
 */

/** The share that `item` of a stage has come to, or null before it says so. */
function share(/** @type {Live} */ live, /** @type {string} */ stage, /** @type {string} */ item) {
  const progress = live.progress[`${stage}/${item}`];
  return progress && progress.total ? Math.min(1, progress.completed / progress.total) : null;
}

/** The items of the stage that are under way. */
function underWay(/** @type {ShootState} */ state, /** @type {string} */ stage) {
  return state.running.flatMap((one) => {
    const run = runOf(one.runId);
    return run?.stage === stage ? [run.item] : [];
  });
}

/**
 * @param {MakingProps} props
 */
export function Making({ live, looking, take }) {
  const state = /** @type {ShootState} */ (live.state);
  const { stage } = looking;
  if (state.status === 'cancelled' || (state.status === 'complete' && !take)) {
    return html`<div class="fit"><p class="making-nothing">${state.status === 'cancelled' ? 'Nothing was made here before the shoot was cancelled.' : ''}</p></div>`;
  }
  if (stage === 'clips' && take) return html`<${ClipsMaking} live=${live} take=${take} />`;
  const items = underWay(state, stage);
  const redone = stage === 'frames' ? items.filter((item) => /^frame-\d$/.test(item)) : [];
  if (redone.length) return html`<${FramesMaking} live=${live} items=${redone} />`;
  const item = items[0];
  const done = item ? share(live, stage, item) : null;
  const words = item ? live.progress[`${stage}/${item}`]?.message : '';
  return html`
    <div class="fit"><div class="making">
      <${Ground} state=${state} stage=${stage} />
      <div class="making-words" role="status">
        <p class="making-title">${items.length ? `Making ${theProduct(stage)}` : reading(state)}</p>
        <p class="making-note">${words || live.news}</p>
      </div>
      <${Line} share=${done} label=${`Making ${theProduct(stage)}`} />
    </div></div>`;
}

/** What happens when no script runs: the director is at it. */
function reading(/** @type {ShootState} */ state) {
  return state.direction ? 'The director considers' : 'The director reads the brief';
}

/**
 * A line that fills; one that wanders where nobody knows how far it is.
 * @param {{ share: number | null, label: string }} props
 */
function Line({ share: done, label }) {
  const known = done === null ? {} : { 'aria-valuenow': Math.round(done * 100) };
  return html`
    <div class=${cx('line', done === null && 'is-open')} role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100" ...${known}>
      <span style=${{ '--share': done ?? 0 }}></span>
    </div>`;
}

/**
 * What the take is made from: the references for a hero, else the take before it.
 * @param {{ state: ShootState, stage: import('../core/words.js').Stage }} props
 */
function Ground({ state, stage }) {
  const own = currentTake(state, stage);
  const before = own ?? currentTake(state, STAGES[STAGES.indexOf(stage) - 1]);
  if (before) {
    const stills = before.stage === 'clips' ? currentTake(state, 'frames') : before;
    const shown = stills?.artifacts.filter((one) => one.kind === 'image').slice(0, 6) ?? [];
    return html`<div class=${cx('ground', shown.length > 1 && 'is-many')} aria-hidden="true">
      ${stills && shown.map((one) => html`<img key=${one.key} src=${scaled(takeUrl(state.id, stills.stage, stills.number, one), shown.length > 1 ? 640 : 1280)} alt="" />`)}
    </div>`;
  }
  const { references } = state.brief;
  return html`<div class="ground is-references" aria-hidden="true">
    ${references.slice(0, 4).map((one) => html`<img key=${one.key} src=${referenceUrl(one.key, 640)} alt="" />`)}
  </div>`;
}

/**
 * @param {{ live: Live, take: number }} props
 */
function ClipsMaking({ live, take }) {
  const state = /** @type {ShootState} */ (live.state);
  const frames = currentTake(state, 'frames');
  const before = currentTake(state, 'clips');
  const busy = new Set(underWay(state, 'clips'));
  const count = Math.max(state.edit.loop ? 6 : 5, ...[...busy].map((item) => Number(item.replace('clip-', '')) || 0));
  const ratio = frames?.artifacts[0] ? frames.artifacts[0].width / frames.artifacts[0].height : 1.5;
  return html`
    <div class="fit"><ol class=${cx('grid', ratio < 0.95 && 'is-tall')} style=${{ '--ratio': ratio }} aria-label="Clips being made">
      ${Array.from({ length: count }, (_, index) => {
        const number = index + 1;
        const name = `videos/video-${number}.mp4`;
        const landed = live.landed[landedKey('clips', take, name)];
        const poster = startOf(state, frames, index);
        const kept = !landed && !busy.has(`clip-${number}`) && before?.artifacts[index];
        const url = landed ? takeUrl(state.id, 'clips', take, { name }) : kept && before ? takeUrl(state.id, 'clips', before.number, kept) : null;
        return html`
          <li key=${name} class="cell">
            <div class=${cx('cell-picture', !url && 'is-dim')}>
              ${url ? html`<${Clip} url=${url} poster=${poster} label=${`Clip ${number}`} playing=${false} ratio=${ratio} />`
                : html`<img class="cell-still" src=${poster} alt="" />`}
            </div>
            <${CellLine} live=${live} number=${number} item=${`clip-${number}`} busy=${busy.has(`clip-${number}`)} done=${Boolean(url)} />
          </li>`;
      })}
    </ol></div>`;
}

/**
 * @param {{ live: Live, number: number, item: string, busy: boolean, done: boolean }} props
 */
function CellLine({ live, number, item, busy, done }) {
  const come = share(live, 'clips', item);
  const words = done ? 'made' : !busy ? 'waits its turn' : come === null ? 'starting' : `${Math.round(come * 100)} %`;
  return html`
    <p class="cell-line"><span class="cell-number">${number}</span><span class="cell-note">${words}</span></p>
    ${busy && !done && html`<${Line} share=${come} label=${`Clip ${number}`} />`}`;
}

/**
 * @param {{ live: Live, items: string[] }} props
 */
function FramesMaking({ live, items }) {
  const state = /** @type {ShootState} */ (live.state);
  const base = currentTake(state, 'frames');
  if (!base) return null;
  const { width, height } = base.artifacts[0];
  return html`
    <div class="fit"><ol class=${cx('grid', width / height < 0.95 && 'is-tall')} style=${{ '--ratio': width / height }} aria-label="Frames being made">
      ${base.artifacts.map((artifact, index) => {
        const item = `frame-${index + 1}`;
        const busy = items.includes(item);
        return html`
          <li key=${artifact.name} class="cell">
            <div class=${cx('cell-picture', busy && 'is-dim')}><img class="cell-still" src=${scaled(takeUrl(state.id, 'frames', base.number, artifact), 640)} alt="" /></div>
            <p class="cell-line"><span class="cell-number">${index + 1}</span><span class="cell-note">${busy ? 'being changed' : ''}</span></p>
            ${busy && html`<${Line} share=${share(live, 'frames', item)} label=${`Frame ${index + 1}`} />`}
          </li>`;
      })}
    </ol></div>`;
}
