/** The line at the top of every page: the name, what the page adds, and who is signed in. */

import { html } from './dom.js';
import { signOut } from '../wire/api.js';
import { options } from '../wire/options.js';

/**
 * @param {{ children?: unknown }} props
 */
export function Masthead({ children }) {
  const owner = options.value?.owner;
  return html`
    <header class="masthead">
      <a class="wordmark" href="/" aria-label="Shoot: all shoots">Shoot</a>
      ${children}
      ${owner && html`
        <p class="owner">${owner} <button type="button" class="quiet-button" onClick=${signOut}>Sign out</button></p>`}
    </header>`;
}
