/** Two takes, one over the other, with a line to draw across them. */

import { cx, html, useEffect, useRef, useState } from '../core/dom.js';
import { product } from '../core/words.js';
import { takeUrl } from '../wire/media.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {import('../wire/types.js').Take} Take
 * @typedef {'before' | 'after'} Side
 */

const DRIFT_SECONDS = 0.08;

/**
 * @param {{ state: ShootState, looking: import('../desk/looking.js').View }} props
 */
export function Compare({ state, looking }) {
  const { takes, take, inUse, stage } = looking;
  const newest = (take ?? takes[takes.length - 1]).number;
  const pair = [newest, other(takes, newest, inUse)].sort((one, two) => one - two);
  const [before, setBefore] = useState(pair[0]);
  const [after, setAfter] = useState(pair[1]);
  const [split, setSplit] = useState(50);
  const [index, setIndex] = useState(0);
  const [left, right] = [takes.find((one) => one.number === before), takes.find((one) => one.number === after)];
  if (!left || !right) return null;
  const count = Math.min(left.artifacts.length, right.artifacts.length);
  const at = Math.min(index, count - 1);
  const [a, b] = [left.artifacts[at], right.artifacts[at]];
  const slide = (/** @type {Event} */ event) => setSplit(Number(/** @type {HTMLInputElement} */ (event.currentTarget).value));

  return html`
    <figure class="framed compare" style=${{ '--split': `${split}%`, '--ratio': b.width / b.height }}>
      <div class="fit"><div class="compare-pictures">
        <${Layer} state=${state} take=${right} artifact=${b} side="after" />
        <${Layer} state=${state} take=${left} artifact=${a} side="before" />
        <span class="compare-line" aria-hidden="true"></span>
        <input type="range" min="0" max="100" step="0.5" value=${split} onInput=${slide}
          aria-label=${`How much of take ${before} to see over take ${after}`} aria-valuetext=${`${Math.round(split)} %`} />
      </div></div>
      <figcaption>
        <${Pick} label="Left" takes=${takes} value=${before} onPick=${setBefore} />
        ${count > 1 && html`
          <div class="shot-buttons" role="group" aria-label=${product(stage)}>
            ${Array.from({ length: count }, (_, one) => html`
              <button key=${one} type="button" class="number-button" aria-pressed=${one === at} aria-label=${`Number ${one + 1}`} onClick=${() => setIndex(one)}>${one + 1}</button>`)}
          </div>`}
        <${Pick} label="Right" takes=${takes} value=${after} onPick=${setAfter} />
      </figcaption>
    </figure>`;
}

/**
 * The take to set beside take `number`: the one in use, or its neighbour.
 * @param {Take[]} takes
 * @param {number} number
 * @param {number | null} inUse
 */
function other(takes, number, inUse) {
  if (inUse && inUse !== number) return inUse;
  const at = takes.findIndex((one) => one.number === number);
  return (takes[at - 1] ?? takes[at + 1]).number;
}

/**
 * @param {{ label: string, takes: Take[], value: number, onPick: (number: number) => void }} props
 */
function Pick({ label, takes, value, onPick }) {
  const pick = (/** @type {Event} */ event) => onPick(Number(/** @type {HTMLSelectElement} */ (event.currentTarget).value));
  return html`
    <label class="pick"><span class="hidden-words">${label}</span>
      <select value=${value} onChange=${pick}>
        ${takes.map((one) => html`<option key=${one.number} value=${one.number} selected=${one.number === value}>Take ${one.number}</option>`)}
      </select>
    </label>`;
}

/**
 * @param {{ state: ShootState, take: Take, artifact: import('../wire/types.js').Artifact, side: Side }} props
 */
function Layer({ state, take, artifact, side }) {
  const url = takeUrl(state.id, take.stage, take.number, artifact);
  const name = cx('compare-layer', `is-${side}`);
  if (artifact.kind === 'image') return html`<img class=${name} src=${url} alt=${`Take ${take.number}`} draggable=${false} />`;
  return html`<${Moving} url=${url} name=${name} leads=${side === 'after'} />`;
}

/**
 * A video that follows the leading one, so that both show the same moment.
 * @param {{ url: string, name: string, leads: boolean }} props
 */
function Moving({ url, name, leads }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    const element = video.current;
    element?.play().catch(() => {});
    if (!element || leads) return undefined;
    const timer = setInterval(() => {
      const leader = element.parentElement?.querySelector('video.is-after');
      if (leader instanceof HTMLVideoElement && Math.abs(leader.currentTime - element.currentTime) > DRIFT_SECONDS) {
        element.currentTime = leader.currentTime;
      }
    }, 250);
    return () => clearInterval(timer);
  }, [url]);
  return html`<video ref=${video} class=${name} src=${url} muted loop playsinline aria-label="Moving picture"></video>`;
}
