/** The studio's page: one of three views, by the address. */

import { html, render, useEffect, useRef } from './core/dom.js';
import { route, watchRoute } from './core/route.js';
import { NewShoot } from './brief/brief.js';
import { ShootPage } from './desk/page.js';
import { Home } from './home/home.js';
import { loadOptions } from './wire/options.js';

/** Where the focus begins again when one view takes another's place. */
const root = /** @type {HTMLElement} */ (document.getElementById('studio'));

function Studio() {
  const at = route.value;
  const place = at.name === 'shoot' ? at.id : at.name;
  const before = useRef(place);
  useEffect(() => {
    if (before.current !== place && !root.contains(document.activeElement)) root.focus({ preventScroll: true });
    before.current = place;
  }, [place]);
  if (at.name === 'shoot') return html`<${ShootPage} key=${at.id} id=${at.id} />`;
  return at.name === 'new' ? html`<${NewShoot} />` : html`<${Home} />`;
}

watchRoute();
loadOptions();
render(html`<${Studio} />`, root);
