/** The studio's page: one of three views, by the address. */

import { html, render } from './core/dom.js';
import { route, watchRoute } from './core/route.js';
import { NewShoot } from './brief/brief.js';
import { ShootPage } from './desk/page.js';
import { Home } from './home/home.js';
import { loadOptions } from './wire/options.js';

function Studio() {
  const at = route.value;
  if (at.name === 'shoot') return html`<${ShootPage} key=${at.id} id=${at.id} />`;
  return at.name === 'new' ? html`<${NewShoot} />` : html`<${Home} />`;
}

watchRoute();
loadOptions();
render(html`<${Studio} />`, /** @type {HTMLElement} */ (document.getElementById('studio')));
