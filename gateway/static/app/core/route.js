/** Where the page is: a value read from the address, so that reload and Back tell the truth. */

import { signal } from './dom.js';

/**
 * @typedef {{ name: 'home' } | { name: 'new' } | ShootRoute} Route
 * @typedef {{ name: 'shoot', id: string, stage: string | null, take: number | null }} ShootRoute
 */

const SHOOT = /^shoots\/([A-Za-z0-9_-]{1,64})(?:\/(hero|contact-sheet|frames|clips|complete)(?:\/(\d+))?)?$/;

/**
 * @param {string} hash
 * @returns {Route}
 */
export function parse(hash) {
  const path = hash.replace(/^#\/?/, '');
  if (path === 'new') return { name: 'new' };
  const match = SHOOT.exec(path);
  if (!match) return { name: 'home' };
  return { name: 'shoot', id: match[1], stage: match[2] ?? null, take: match[3] ? Number(match[3]) : null };
}

/**
 * The address of a shoot, of one of its stages, or of one take.
 * @param {string} id
 * @param {string | null} [stage]
 * @param {number | null} [take]
 */
export function shootHref(id, stage, take) {
  return `#/shoots/${id}${stage ? `/${stage}` : ''}${stage && take ? `/${take}` : ''}`;
}

/** @type {import('../../vendor/signals/signals.js').Signal<Route>} */
export const route = signal(parse(location.hash));

/**
 * Go to an address. `quiet` replaces the current entry of the history instead of adding one.
 * @param {string} href
 * @param {{ quiet?: boolean }} [how]
 */
export function go(href, { quiet = false } = {}) {
  if (location.hash === href) return;
  history[quiet ? 'replaceState' : 'pushState'](null, '', href);
  route.value = parse(href);
}

/** Follow Back, Forward and typed addresses. */
export function watchRoute() {
  const read = () => { route.value = parse(location.hash); };
  addEventListener('hashchange', read);
  addEventListener('popstate', read);
}
