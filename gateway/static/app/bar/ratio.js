/** Aspect ratios as shapes to choose from. */

import { html } from '../core/dom.js';

/**
 * A ratio's outline, in a square of 18 units. `original` is drawn as the frames' own shape, dashed.
 * @param {{ ratio: string }} props
 */
export function RatioShape({ ratio }) {
  const [width, height] = ratio === 'original' ? [3, 2] : ratio.split(':').map(Number);
  const scale = 16 / Math.max(width, height);
  const [w, h] = [width * scale, height * scale];
  return html`
    <svg class="ratio-shape" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      <rect x=${(18 - w) / 2} y=${(18 - h) / 2} width=${w} height=${h} rx="1" stroke-dasharray=${ratio === 'original' ? '2 2' : undefined} />
    </svg>`;
}

/** A ratio's name. */
export const ratioName = (/** @type {string} */ ratio) => (ratio === 'original' ? 'Original' : ratio);

/**
 * Radio buttons for a form.
 * @param {{ ratios: string[], value: string, onChange: (ratio: string) => void }} props
 */
export function RatioChoice({ ratios, value, onChange }) {
  return html`
    <fieldset class="choice ratios">
      <legend>Frames</legend>
      <div class="choice-row">
        ${ratios.map((ratio) => html`
          <label key=${ratio}>
            <input type="radio" name="ratio" value=${ratio} checked=${ratio === value} onChange=${() => onChange(ratio)} />
            <span><${RatioShape} ratio=${ratio} />${ratioName(ratio)}</span>
          </label>`)}
      </div>
    </fieldset>`;
}

/**
 * Buttons that act at once: each resizes the frames. The ratio in use cannot be asked for again.
 * @param {{ ratios: string[], value: string, disabled: boolean, onResize: (ratio: string) => void }} props
 */
export function RatioButtons({ ratios, value, disabled, onResize }) {
  return html`
    <div class="ratio-buttons" role="group" aria-label="Resize all frames">
      ${ratios.map((ratio) => html`
        <button key=${ratio} type="button" class="chip" aria-pressed=${ratio === value} disabled=${disabled}
          aria-label=${ratio === value ? `${ratioName(ratio)}, in use` : `Resize the frames to ${ratioName(ratio)}`}
          onClick=${() => ratio !== value && onResize(ratio)}>
          <${RatioShape} ratio=${ratio} />${ratioName(ratio)}
        </button>`)}
    </div>`;
}
