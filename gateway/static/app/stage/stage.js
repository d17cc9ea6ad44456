/** The middle of the desk: the take that is looked at, as large as it goes. */

import { cx, html, useEffect, useState } from '../core/dom.js';
import { IconButton } from '../core/controls.js';
import { useKeys } from '../core/keys.js';
import { product, spoken } from '../core/words.js';
import { isProof } from '../desk/looking.js';
import { Film } from '../film/player.js';
import { Clips } from './clips.js';
import { Compare } from './compare.js';
import { Frames } from './frames.js';
import { Making } from './making.js';
import { Sheet } from './sheet.js';
import { Still } from './still.js';
import { TakeStrip } from './takes.js';
import { Trouble } from './trouble.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Take} Take
 * @typedef {import('../desk/looking.js').View} View
 * @typedef {{ desk: import('../desk/desk.js').Desk, live: import('../desk/live.js').Live, looking: View,
 *   draft: import('../bar/draft.js').Draft }} StageProps
 */

/**
 * @param {StageProps} props
 */
export function StageView({ desk, live, looking, draft }) {
  const state = /** @type {ShootState} */ (live.state);
  const [comparing, setComparing] = useState(false);
  const { stage, take, takes, making } = looking;
  const canCompare = takes.length > 1;
  const compares = comparing && canCompare;
  useEffect(() => {
    setComparing(false);
    draft.marks.value = [];
  }, [stage]);
  const toggle = () => { if (canCompare) setComparing(!comparing); };
  useKeys({ c: toggle, ...(compares && { Escape: toggle }) });

  return html`
    <main class=${cx('stage', `is-${stage}`)} aria-labelledby="stage-title">
      <header class="stage-head">
        <div class="stage-title">
          <h2 id="stage-title">${product(stage)}</h2>
          <p class="stage-data">${compares ? 'Two takes, one over the other' : caption(state, take, making)}</p>
        </div>
        <div class="stage-tools">
          ${canCompare && html`<${IconButton} icon="compare" label=${compares ? 'Stop comparing' : 'Compare two takes'} keys="C" pressed=${compares} onClick=${toggle} />`}
        </div>
      </header>
      <div class="stage-body">
        ${compares
          ? html`<${Compare} state=${state} looking=${looking} />`
          : html`<${Shown} desk=${desk} live=${live} looking=${looking} draft=${draft} />`}
      </div>
      <${TakeStrip} desk=${desk} state=${state} looking=${looking} />
    </main>`;
}

/**
 * @param {StageProps} props
 */
function Shown({ live, looking, draft }) {
  const state = /** @type {ShootState} */ (live.state);
  const { stage, take, making } = looking;
  const failed = state.checkpoint?.status === 'failed' && state.checkpoint.stage === stage;
  const trouble = failed && html`<${Trouble} checkpoint=${state.checkpoint} large=${!take} />`;
  if (!take) return trouble || html`<${Making} live=${live} looking=${looking} take=${making} />`;
  const key = `${stage}-${take.number}`;
  return html`${trouble}${picture(key, state, take, draft)}`;
}

/**
 * @param {string} key
 * @param {ShootState} state
 * @param {Take} take
 * @param {import('../bar/draft.js').Draft} draft
 */
function picture(key, state, take, draft) {
  switch (take.stage) {
    case 'contact-sheet': return html`<${Sheet} key=${key} id=${state.id} take=${take} />`;
    case 'frames': return html`<${Frames} key=${key} state=${state} take=${take} draft=${draft} />`;
    case 'clips': return html`<${Clips} key=${key} state=${state} take=${take} draft=${draft} />`;
    case 'complete': return html`<${Film} key=${key} id=${state.id} take=${take} />`;
    default: return html`<${Still} key=${key} id=${state.id} take=${take} />`;
  }
}

/**
 * What a take is, in a line.
 * @param {ShootState} state
 * @param {Take | null} take
 * @param {number | null} making
 */
function caption(state, take, making) {
  if (!take) return making && making > 1 ? `Take ${making}` : '';
  const { recipe, artifacts } = take;
  const first = artifacts[0];
  const parts = [
    `Take ${take.number}`,
    ...[recipe.pose, recipe.background].filter(Boolean).map((one) => spoken(String(one))),
    recipe.aspectRatio && recipe.aspectRatio !== 'original' && recipe.aspectRatio,
    recipe.edit && `${recipe.edit.pace}×`,
    recipe.edit && spoken(recipe.edit.easing),
    first && `${first.width} × ${first.height}`,
    isProof(state, take) && 'proof',
  ];
  return parts.filter(Boolean).join(' · ');
}
