/** The page's one way to make elements: htm bound to Preact, and the hooks in use. */

import { h, render, Fragment } from '../../vendor/preact/preact.js';
import htm from '../../vendor/htm/htm.js';

export { h, render, Fragment };
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from '../../vendor/preact/hooks.js';
export { batch, computed, effect, signal, useComputed, useSignal, useSignalEffect } from '../../vendor/signals/signals.js';

export const html = htm.bind(h);

/**
 * Class names from strings and falsy values.
 * @param {...(string | false | null | undefined)} names
 * @returns {string}
 */
export function cx(...names) {
  return names.filter(Boolean).join(' ');
}
