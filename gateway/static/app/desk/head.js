/** The line above the desk: the shoot's name, who renders, what it cost, the connection, and what else can be done. */

import { cx, html, signal, useEffect } from '../core/dom.js';
import { Dialog, IconButton, Popover } from '../core/controls.js';
import { Icon } from '../core/icons.js';
import { askToNotify, permission } from '../core/attention.js';
import { money, provider } from '../core/words.js';
import { Downloads } from './downloads.js';

const cancelling = signal(false);
const downloading = signal(false);

/**
 * @param {{ desk: import('./desk.js').Desk, state: import('../wire/types.js').ShootState, onHelp: () => void }} props
 */
export function Head({ desk, state, onHelp }) {
  useEffect(() => () => {
    cancelling.value = false;
    downloading.value = false;
  }, [desk]);
  const { takes, status } = state;
  const over = status === 'complete' || status === 'cancelled';
  return html`
    <header class="desk-head">
      <a class="wordmark" href="/" aria-label="Shoot: all shoots">Shoot</a>
      <h1 title=${state.brief.prompt}>${state.brief.prompt}</h1>
      <${Reach} connection=${desk.connection.value} />
      <${Spending} desk=${desk} state=${state} />
      ${takes.length > 0 && html`<${IconButton} icon="download" label="Downloads" onClick=${() => { downloading.value = true; }} />`}
      <${Popover} name="More" icon class="icon-button" panelClass="menu is-end" label=${html`<${Icon} name="more" />`}>
        ${(/** @type {() => void} */ close) => html`
          ${permission.value === 'default' && html`<button type="button" onClick=${() => { close(); askToNotify(); }}>Tell me when it waits</button>`}
          ${permission.value === 'granted' && html`<p>You are told when it waits.</p>`}
          <button type="button" onClick=${() => { close(); onHelp(); }}>Keyboard</button>
          ${!over && html`<button type="button" class="is-grave" onClick=${() => { close(); cancelling.value = true; }}>Cancel the shoot…</button>`}`}
      <//>
      ${downloading.value && html`<${Downloads} state=${state} onClose=${() => { downloading.value = false; }} />`}
      ${cancelling.value && html`<${CancelDialog} desk=${desk} onClose=${() => { cancelling.value = false; }} />`}
    </header>`;
}

const REACH = { connecting: 'Connecting…', reconnecting: 'Reconnecting…', live: '', over: '', gone: '' };

/**
 * @param {{ connection: import('../wire/stream.js').Connection }} props
 */
function Reach({ connection }) {
  const words = REACH[connection];
  return html`<p class=${cx('reach', words && 'is-shown')} role="status">${words}</p>`;
}

/**
 * @param {{ desk: import('./desk.js').Desk, state: import('../wire/types.js').ShootState }} props
 */
function Spending({ desk, state }) {
  const { providers } = state;
  if (!providers) return null;
  const proof = providers.images === 'proof' && providers.clips === 'proof';
  const spent = desk.live.value.spent ?? 0;
  const words = proof && !spent ? 'Proof' : `Live, ${spent ? `${money(spent)} so far` : 'nothing spent yet'}`;
  return html`<p class="spending" title=${`Pictures: ${provider(providers.images)}, clips: ${provider(providers.clips)}, director: ${provider(providers.direction)}`}>${words}</p>`;
}

/**
 * @param {{ desk: import('./desk.js').Desk, onClose: () => void }} props
 */
function CancelDialog({ desk, onClose }) {
  const cancel = () => {
    desk.decide({ type: 'cancel' });
    onClose();
  };
  return html`
    <${Dialog} title="Cancel the shoot?" onClose=${onClose} class="is-small">
      <p>The work under way stops. What was made so far is kept and can be downloaded.</p>
      <footer>
        <button type="button" class="button plain" onClick=${onClose}>Keep shooting</button>
        <button type="button" class="button grave" onClick=${cancel}>Cancel the shoot</button>
      </footer>
    <//>`;
}
