/** The takes of a stage, side by side; which is in use, and the way back to an earlier one. */

import { cx, html, useEffect, useRef } from '../core/dom.js';
import { useKeys } from '../core/keys.js';
import { shootHref } from '../core/route.js';
import { product } from '../core/words.js';
import { choices } from '../desk/choices.js';
import { parentOf } from '../desk/looking.js';
import { scaled, takeUrl } from '../wire/media.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Take} Take
 */

/**
 * A small picture of a take; a film shows a frame of the frames it was made from.
 * @param {ShootState} state
 * @param {Take} take
 */
function thumbnail(state, take) {
  /** @type {Take | null} */
  let still = take;
  while (still && still.artifacts[0]?.kind !== 'image') still = parentOf(state, still);
  return still && scaled(takeUrl(state.id, still.stage, still.number, still.artifacts[0]), 320);
}

/**
 * What a take was asked to be, in a few words. The state has each note once, by its mark.
 * @param {ShootState} state
 * @param {Take} take
 */
function gist(state, { recipe }) {
  const last = state.notes?.[recipe.said?.at(-1) ?? ''];
  if (recipe.modify?.length) return last ?? recipe.instruction ?? '';
  if (recipe.stage === 'frames') return recipe.aspectRatio && recipe.aspectRatio !== 'original' ? recipe.aspectRatio : '';
  if (recipe.edit) return `${recipe.edit.pace}×${recipe.edit.loop ? ', loop' : ''}`;
  if (recipe.slots) return `${recipe.slots.length} clips`;
  return recipe.notes?.at(-1) ?? last ?? '';
}

/**
 * @param {{ desk: import('../desk/desk.js').Desk, state: ShootState, looking: import('../desk/looking.js').View }} props
 */
export function TakeStrip({ desk, state, looking }) {
  const { stage, takes, take, inUse, making } = looking;
  const usable = take !== null && take.number !== inUse && choices(state).has('use-take');
  const use = () => { if (usable && take) desk.decide({ type: 'use-take', stage, take: take.number }); };
  useKeys({ u: use });
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const shown = row.current?.querySelector('[aria-current]');
    if (row.current && shown instanceof HTMLElement) row.current.scrollLeft = shown.offsetLeft - row.current.clientWidth / 2;
  }, [take?.number]);
  if (takes.length + (making ? 1 : 0) < 2) return null;

  return html`
    <footer class="takes">
      <ol ref=${row} aria-label=${`Takes of ${product(stage).toLowerCase()}`}>
        ${takes.map((one) => html`
          <li key=${one.number}>
            <a class=${cx('take', one.number === inUse && 'is-used')} href=${shootHref(state.id, stage, one.number)}
              aria-current=${one === take ? 'true' : undefined}>
              <img src=${thumbnail(state, one)} alt="" loading="lazy" draggable=${false} />
              <span class="take-words"><b>Take ${one.number}</b><span>${one.number === inUse ? 'in use' : gist(state, one)}</span></span>
            </a>
          </li>`)}
        ${making && html`<li><a class="take is-making" href=${shootHref(state.id, stage)} aria-current=${take ? undefined : 'true'}>
          <span class="take-blank" aria-hidden="true"></span><span class="take-words"><b>Take ${making}</b><span>being made</span></span></a></li>`}
      </ol>
      ${usable && html`<button type="button" class="button plain" aria-keyshortcuts="U" disabled=${desk.deciding.value !== ''} onClick=${use}>Use this take</button>`}
    </footer>`;
}
