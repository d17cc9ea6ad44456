/** What the gateway offers: presets, ratios, easings, limits, providers. Fetched once. */

import { signal } from '../core/dom.js';
import { getOptions } from './api.js';

/** @type {import('../../vendor/signals/signals.js').Signal<import('./types.js').Options | null>} */
export const options = signal(null);

const AGAIN_MS = 3000;

/** Fetch them, and keep trying while the studio is away. */
export async function loadOptions() {
  while (!options.value) {
    try {
      options.value = await getOptions();
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
  }
}
