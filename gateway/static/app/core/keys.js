/** Keyboard shortcuts for the whole page, which stay away where somebody types or a dialog is open. */

import { useEffect, useRef } from './dom.js';

/** @typedef {Record<string, (event: KeyboardEvent) => void>} Keys  by `KeyboardEvent.key`, letters in lower case */

const TYPES = 'input, textarea, select, [contenteditable]';
const ACTS = 'a[href], button, summary, [role="slider"]';

/**
 * Bind keys while the component is mounted; the newest map counts.
 * @param {Keys} keys
 */
export function useKeys(keys) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = latest.current[name];
      if (!act || event.defaultPrevented || event.repeat && name === 'Enter') return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target, name)) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

/**
 * @param {EventTarget | null} target
 * @param {string} name
 */
function isTaken(target, name) {
  if (document.querySelector('dialog[open], .pswp--open')) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPES)) return true;
  // A scroller that has the focus scrolls.
  if (name.startsWith('Arrow') && target.closest('[role="log"]')) return true;
  return (name === 'Enter' || name === ' ') && target.closest(ACTS) !== null;
}
