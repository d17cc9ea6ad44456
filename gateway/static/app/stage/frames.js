/** The six frames as a grid: a click opens one in full, a mark says that it is to be changed. */

import { cx, html } from '../core/dom.js';
import { useKeys } from '../core/keys.js';
import { Picture } from '../core/picture.js';
import { choices } from '../desk/choices.js';
import { takeUrl } from '../wire/media.js';
import { openLightbox } from './lightbox.js';
import { Mark, MarkButton } from './mark.js';

/**
 * @param {{ state: import('../wire/types.js').ShootState, take: import('../wire/types.js').Take,
 *   draft: import('../bar/draft.js').Draft }} props
 */
export function Frames({ state, take, draft }) {
  const markable = choices(state).has('modify') && state.current.frames === take.number;
  const marks = markable ? draft.marks.value : [];
  const pictures = take.artifacts.map((artifact, index) => ({
    url: takeUrl(state.id, 'frames', take.number, artifact),
    width: artifact.width, height: artifact.height, alt: `Frame ${index + 1}`,
  }));
  const numbers = markable ? pictures.map((_, index) => index + 1) : [];
  useKeys(Object.fromEntries(numbers.map((number) => [String(number), () => draft.mark(number)])));
  const ratio = pictures[0].width / pictures[0].height;
  return html`
    <div class="fit"><ol class=${cx('grid', ratio < 0.95 && 'is-tall')} style=${{ '--ratio': ratio }} aria-label="Frames">
      ${pictures.map((picture, index) => html`
        <li key=${picture.alt} class="cell">
          <div class="cell-picture">
            <button type="button" aria-label=${`${picture.alt}: open in full`} onClick=${() => openLightbox(pictures, index)}>
              <${Picture} ...${picture} eager sizes="(min-width: 68rem) 24vw, 50vw" />
            </button>
            ${marks.includes(index + 1) && html`<${Mark} number=${index + 1} />`}
          </div>
          <p class="cell-line">
            <span class="cell-number">${index + 1}</span>
            ${markable && html`<${MarkButton} number=${index + 1} noun="frame" marked=${marks.includes(index + 1)} onMark=${draft.mark} />`}
          </p>
        </li>`)}
    </ol></div>`;
}
