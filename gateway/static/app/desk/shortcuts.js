/** The list of keys. */

import { html } from '../core/dom.js';
import { Dialog } from '../core/controls.js';

const KEYS = [
  ['Enter', 'Continue, or try again what failed'],
  ['R', 'Say what to change'],
  ['← →', 'Earlier and later takes'],
  ['↑ ↓', 'Earlier and later stages'],
  ['1 to 6', 'Mark frames or clips; on the contact sheet, look closely'],
  ['L', 'Loupe'],
  ['C', 'Compare two takes'],
  ['U', 'Use this take'],
  ['Space', 'Play or pause'],
  ['?', 'This list'],
];

/**
 * @param {{ onClose: () => void }} props
 */
export function ShortcutsDialog({ onClose }) {
  return html`
    <${Dialog} title="Keyboard" onClose=${onClose} class="is-small">
      <dl class="key-list">
        ${KEYS.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}
      </dl>
    <//>`;
}
