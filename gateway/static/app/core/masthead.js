/** The line at the top of every page: the name, what the page adds, and who is signed in. */

import { html } from './dom.js';
import { options } from '../wire/options.js';

/**
 * @param {{ children?: unknown }} props
 */
export function Masthead({ children }) {
  const owner = options.value?.owner;
  return html`
    <header class="masthead">
      <a class="wordmark" href="#/" aria-label="Shoot: all shoots">Shoot</a>
      ${children}
      ${owner && html`
        <form class="owner" method="post" action="/api/sign-out">
          <span>${owner}</span>
          <button type="submit" class="quiet-button">Sign out</button>
        </form>`}
    </header>`;
}
