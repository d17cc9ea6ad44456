/** What a person is about to say about a shoot: words, marks, a set-up, an edit. Words survive a reload. */

import { kept } from '../core/kept.js';
import { signal } from '../core/dom.js';

/**
 * @template T
 * @typedef {import('../../vendor/signals/signals.js').Signal<T>} Signal
 */
/**
 * @typedef {{ pose: string | null, background: string | null }} SetUp
 * @typedef {{ words: Signal<string>, marks: Signal<number[]>, setUp: Signal<SetUp>,
 *   edit: Signal<Partial<import('../wire/types.js').Edit>>, reading: Signal<Reading | null>,
 *   mark: (number: number) => void, clear: () => void }} Draft  `clear` leaves the edit
 */

/**
 * What words were taken for, before they are sent, and of which words and checkpoint that was said.
 * @typedef {{ text: string, checkpointId: string | null, words: string, dollars: number | null }} Reading
 */

/** @returns {SetUp} */
const asItIs = () => ({ pose: null, background: null });

/**
 * @param {string} id
 * @returns {Draft}
 */
export function openDraft(id) {
  const words = kept(`words-${id}`, '');
  const marks = signal(/** @type {number[]} */ ([]));
  const setUp = signal(asItIs());
  const edit = signal(/** @type {Partial<import('../wire/types.js').Edit>} */ ({}));
  const reading = signal(/** @type {Reading | null} */ (null));
  return {
    words, marks, setUp, edit, reading,
    mark(number) {
      const rest = marks.value.filter((one) => one !== number);
      marks.value = rest.length < marks.value.length ? rest : [...rest, number].sort((a, b) => a - b);
    },
    clear() {
      words.value = '';
      reading.value = null;
      marks.value = [];
      setUp.value = asItIs();
    },
  };
}
