/** A mark in grease pencil round a frame or a clip: these are to be changed. */

import { html } from '../core/dom.js';

/** Strokes as a hand draws them: round once, a little over the start. In a box of 100 by 100. */
const STROKES = [
  'M9 12C30 6 72 5 93 9C97 32 96 70 92 93C66 97 28 96 7 91C3 66 4 34 8 9C14 5 24 6 33 7',
  'M92 8C70 3 30 5 8 8C4 30 5 68 8 92C34 96 70 95 93 92C96 66 96 30 91 6C84 4 74 5 66 6',
  'M8 90C3 64 5 30 9 8C34 4 68 6 92 8C95 34 95 68 91 92C64 96 30 95 6 92C5 84 5 76 6 68',
];

/**
 * @param {{ number: number }} props
 */
export function Mark({ number }) {
  return html`
    <svg class="mark" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d=${STROKES[number % STROKES.length]} />
    </svg>`;
}

/**
 * The button that sets and wipes the mark.
 * @param {{ number: number, marked: boolean, noun: string, onMark: (number: number) => void }} props
 */
export function MarkButton({ number, marked, noun, onMark }) {
  return html`
    <button type="button" class="mark-button" aria-pressed=${marked} onClick=${() => onMark(number)}
      aria-label=${`Mark ${noun} ${number} to be changed`} title=${`Mark to change (${number})`}>
      <span>${marked ? 'Marked' : 'Mark'}</span>
    </button>`;
}
