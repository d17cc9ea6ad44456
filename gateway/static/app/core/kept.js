/** Signals that outlive a reload of the tab: drafts of words and forms. */

import { effect, signal } from './dom.js';

/**
 * A signal kept under `name` in the tab's own storage, starting with `first`.
 * @template T
 * @param {string} name
 * @param {T} first
 * @returns {import('../../vendor/signals/signals.js').Signal<T>}
 */
export function kept(name, first) {
  const value = signal(read(name, first));
  effect(() => write(name, value.value));
  return value;
}

/**
 * @template T
 * @param {string} name
 * @param {T} first
 * @returns {T}
 */
function read(name, first) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null') ?? first;
  } catch {
    return first;
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function write(name, value) {
  try {
    if (value === '' || value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage loses only the draft's survival of a reload.
  }
}
