/** Presets to choose from by looking: pictures of poses and backgrounds. */

import { cx, html } from '../core/dom.js';
import { spoken } from '../core/words.js';

/**
 * `value` null leaves the choice to the director; with `none` false that is not offered.
 * @param {{ kind: 'poses' | 'backgrounds', legend: string, presets: { id: string, words: string }[],
 *   value: string | null, onChange: (value: string | null) => void, none?: boolean }} props
 */
export function Swatches({ kind, legend, presets, value, onChange, none = true }) {
  return html`
    <fieldset class=${cx('swatches', `is-${kind}`)}>
      <legend>${legend}</legend>
      <div class="swatch-grid">
        ${none && html`
          <label class="swatch is-open">
            <input type="radio" name=${kind} checked=${value === null} onChange=${() => onChange(null)} />
            <span class="swatch-picture"><span>As the brief implies</span></span>
            <span class="swatch-name">Director’s choice</span>
          </label>`}
        ${presets.map(({ id, words }) => html`
          <label key=${id} class="swatch" title=${words}>
            <input type="radio" name=${kind} value=${id} checked=${value === id} onChange=${() => onChange(id)} />
            <span class="swatch-picture"><img src=${`/pictures/${kind}/${id}.webp`} alt="" loading="lazy" /></span>
            <span class="swatch-name">${spoken(id)}</span>
          </label>`)}
      </div>
    </fieldset>`;
}
