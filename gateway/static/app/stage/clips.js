/** The clips as a grid: each plays while it is pointed at, and can be marked to be made anew. */

import { cx, html, signal } from '../core/dom.js';
import { IconButton } from '../core/controls.js';
import { useKeys } from '../core/keys.js';
import { choices } from '../desk/choices.js';
import { parentOf } from '../desk/looking.js';
import { scaled, takeUrl } from '../wire/media.js';
import { Clip } from './clip.js';
import { Mark, MarkButton } from './mark.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Take} Take
 */

/** Whether all clips play at once. */
const allPlay = signal(false);

/**
 * The still that a clip starts from, or null where its frames are not known.
 * @param {ShootState} state
 * @param {Take | null} frames
 * @param {number} index
 */
export function startOf(state, frames, index) {
  const frame = frames?.artifacts[index];
  return frames && frame ? scaled(takeUrl(state.id, 'frames', frames.number, frame), 640) : null;
}

/**
 * @param {{ state: ShootState, take: Take, draft: import('../bar/draft.js').Draft }} props
 */
export function Clips({ state, take, draft }) {
  const markable = choices(state).has('regenerate') && state.current.clips === take.number;
  const marks = markable ? draft.marks.value : [];
  const frames = parentOf(state, take);
  const numbers = take.artifacts.map((_, index) => index + 1);
  useKeys({
    ' ': () => { allPlay.value = !allPlay.value; },
    ...Object.fromEntries((markable ? numbers : []).map((number) => [String(number), () => draft.mark(number)])),
  });
  const { width, height } = take.artifacts[0];
  const notes = take.recipe.slots ?? [];
  return html`
    <div class="framed">
      <div class="fit"><ol class=${cx('grid', width / height < 0.95 && 'is-tall')} style=${{ '--ratio': width / height }} aria-label="Clips">
        ${take.artifacts.map((artifact, index) => {
          const number = index + 1;
          const marked = marks.includes(number);
          return html`
            <li key=${artifact.name} class="cell">
              <div class="cell-picture">
                <${Clip} url=${takeUrl(state.id, 'clips', take.number, artifact)} poster=${startOf(state, frames, index)}
                  label=${`Clip ${number}`} playing=${allPlay.value} ratio=${width / height} />
                ${marked && html`<${Mark} number=${number} />`}
              </div>
              <p class="cell-line">
                <span class="cell-number">${number}</span>
                <span class="cell-note">${(notes[index]?.variation ?? 1) > 1 ? `version ${notes[index].variation}` : ''}</span>
                ${markable && html`<${MarkButton} number=${number} noun="clip" marked=${marked} onMark=${draft.mark} />`}
              </p>
            </li>`;
        })}
      </ol></div>
      <p class="clips-tools">
        <${IconButton} icon=${allPlay.value ? 'pause' : 'play'} label=${allPlay.value ? 'Stop all clips' : 'Play all clips'} keys="Space" pressed=${allPlay.value}
          onClick=${() => { allPlay.value = !allPlay.value; }} />
      </p>
    </div>`;
}
