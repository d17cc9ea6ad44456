/** Calling a person back: the tab's title and icon, and a notification where that is allowed. */

import { signal } from './dom.js';

const NAME = 'Shoot';
const icon = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel="icon"]'));
const calm = icon.href;
const calling = calm.replace('icon.svg', 'icon-waiting.svg');

/** Whether notifications are 'granted', 'denied', 'default' (not asked yet), or 'none' to be had. */
export const permission = signal('Notification' in globalThis ? Notification.permission : 'none');

/**
 * What the tab says. `waits` marks it as waiting for a person.
 * @param {string} text
 * @param {boolean} [waits]
 */
export function entitle(text, waits = false) {
  document.title = text ? `${waits ? '● ' : ''}${text} · ${NAME}` : NAME;
  icon.href = waits ? calling : calm;
}

/** Ask for leave to notify. */
export async function askToNotify() {
  if (permission.value !== 'none') permission.value = await Notification.requestPermission();
}

/**
 * Tell somebody who is not looking. A second call about the same thing replaces the first.
 * @param {string} title
 * @param {string} body
 * @param {string} tag
 */
export function notify(title, body, tag) {
  if (!document.hidden || permission.value !== 'granted') return;
  const note = new Notification(title, { body, tag, icon: calling });
  note.onclick = () => {
    focus();
    note.close();
  };
}
