/** Where the page is: a value read from the address, so that reload and Back tell the truth. */

import { signal } from './dom.js';

/**
 * @typedef {{ name: 'home' } | { name: 'new' } | ShootRoute} Route
 * @typedef {{ name: 'shoot', id: string, stage: string | null, take: number | null }} ShootRoute
 */

const SHOOT = /^\/shoots\/([A-Za-z0-9_-][A-Za-z0-9_.:-]{0,127})\/?$/;
const STAGE = /^(hero|contact-sheet|frames|clips|complete)$/;
const TAKE = /^[1-9]\d{0,4}$/;

/**
 * @param {URL | Location} address
 * @returns {Route | null} null where the address is none of the page's own
 */
export function parse({ pathname, search }) {
  if (pathname === '/' || pathname === '/shoots') return { name: 'home' };
  if (pathname === '/new') return { name: 'new' };
  const match = SHOOT.exec(pathname);
  if (!match) return null;
  const query = new URLSearchParams(search);
  const stage = query.get('stage') ?? '';
  const take = query.get('take') ?? '';
  const known = STAGE.test(stage);
  return { name: 'shoot', id: match[1], stage: known ? stage : null, take: known && TAKE.test(take) ? Number(take) : null };
}

/**
 * The address of a shoot, of one of its stages, or of one take.
 * @param {string} id
 * @param {string | null} [stage]
 * @param {number | null} [take]
 */
export function shootHref(id, stage, take) {
  const query = stage ? `?stage=${stage}${take ? `&take=${take}` : ''}` : '';
  return `/shoots/${id}${query}`;
}

/** @type {import('../../vendor/signals/signals.js').Signal<Route>} */
export const route = signal(parse(location) ?? { name: 'home' });

/**
 * Go to an address of the page. `quiet` replaces the current entry of the history.
 * @param {string} href
 * @param {{ quiet?: boolean }} [how]
 */
export function go(href, { quiet = false } = {}) {
  const next = parse(new URL(href, location.href));
  if (!next) {
    location.assign(href);
    return;
  }
  const before = route.value;
  if (location.pathname + location.search !== href) history[quiet ? 'replaceState' : 'pushState'](null, '', href);
  route.value = next;
  const sameShoot = next.name === 'shoot' && before.name === 'shoot' && next.id === before.id;
  if (!sameShoot) scrollTo(0, 0);
}

/** Follow Back and Forward, and plain clicks on the page's own links. */
export function watchRoute() {
  addEventListener('popstate', () => { route.value = parse(location) ?? { name: 'home' }; });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || link.hasAttribute('download') || link.target) return;
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href);
    if (address.origin !== location.origin || !parse(address)) return;
    event.preventDefault();
    go(address.pathname + address.search);
  });
}
