/** The easing of a film: a choice by name, drawn as its curve. */

import { html } from '../core/dom.js';
import { spoken } from '../core/words.js';

/** @typedef {(x: number) => number} Curve */

const POWERS = { quad: 2, cubic: 3, quart: 4 };
const BEZIERS = {
  'dramatic-swoop': [0.85, 0, 0.15, 1], ease: [0.25, 0.1, 0.25, 1], 'ease-in': [0.42, 0, 1, 1],
  'ease-out': [0, 0, 0.58, 1], 'ease-in-out': [0.42, 0, 0.58, 1],
};

/**
 * Cubic Bézier points for drawing, as an SVG path in a unit square with y upwards.
 * @param {number[]} points
 */
const bezierPath = ([x1, y1, x2, y2]) => `M0 1C${x1} ${1 - y1} ${x2} ${1 - y2} 1 0`;

/**
 * The curve of an easing as an SVG path; a straight line for one that is not known here.
 * @param {string} name
 */
export function easingPath(name) {
  const custom = /^cubic-bezier\(([^)]+)\)$/.exec(name.replaceAll(' ', ''));
  if (custom) return bezierPath(custom[1].split(',').map(Number));
  if (name in BEZIERS) return bezierPath(BEZIERS[/** @type {keyof typeof BEZIERS} */ (name)]);
  const family = name.split('-').at(-1) ?? '';
  const curve = name.startsWith('ease-in-out-') ? inOut(rising(family)) : (/** @type {number} */ x) => x;
  const points = Array.from({ length: 21 }, (_, step) => step / 20);
  return points.map((x, index) => `${index ? 'L' : 'M'}${x} ${(1 - curve(x)).toFixed(3)}`).join('');
}

/**
 * @param {string} family
 * @returns {Curve}
 */
function rising(family) {
  if (family === 'sine') return (x) => 1 - Math.cos((x * Math.PI) / 2);
  if (family === 'expo') return (x) => (x <= 0 ? 0 : 2 ** (10 * x - 10));
  const power = POWERS[/** @type {keyof typeof POWERS} */ (family)] ?? 1;
  return (x) => x ** power;
}

/**
 * @param {Curve} easeIn
 * @returns {Curve}
 */
const inOut = (easeIn) => (x) => (x < 0.5 ? easeIn(2 * x) / 2 : 1 - easeIn(2 - 2 * x) / 2);

/**
 * @param {{ easings: string[], value: string, onChange: (easing: string) => void }} props
 */
export function EasingChoice({ easings, value, onChange }) {
  const names = easings.includes(value) ? easings : [value, ...easings];
  return html`
    <label class="easing-field">
      <span>Easing</span>
      <svg viewBox="-0.1 -0.15 1.2 1.3" aria-hidden="true" focusable="false"><path d=${easingPath(value)} /></svg>
      <select value=${value} onChange=${(/** @type {Event} */ event) => onChange(/** @type {HTMLSelectElement} */ (event.currentTarget).value)}>
        ${names.map((name) => html`<option key=${name} value=${name} selected=${name === value}>${spoken(name)}</option>`)}
      </select>
    </label>`;
}
