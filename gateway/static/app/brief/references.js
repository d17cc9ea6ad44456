/** The reference photos of a brief: taken by drop, paste or choice, uploaded one by one. */

import { effect, signal } from '../core/dom.js';
import { kept } from '../core/kept.js';
import { options } from '../wire/options.js';
import { upload } from '../wire/api.js';
import { weight } from '../core/words.js';

/**
 * @typedef {{ id: number, name: string, preview: string, path: string | null, problem: string | null,
 *   width: number, height: number, stop: () => void }} Photo
 */

/** @type {import('../../vendor/signals/signals.js').Signal<{ path: string, url: string, name: string, width: number, height: number }[]>} */
const done = kept('brief-photos', []);
let count = 0;

/** @type {import('../../vendor/signals/signals.js').Signal<Photo[]>} */
export const photos = signal(done.value.map((one) => ({
  id: (count += 1), name: one.name, preview: `${one.url}?width=320`, path: one.path, problem: null,
  width: one.width, height: one.height, stop: () => {},
})));

/** What could not be taken, in words; empty where all was well. */
export const refusals = signal(/** @type {string[]} */ ([]));

effect(() => {
  done.value = photos.value.flatMap((one) => (one.path
    ? [{ path: one.path, url: `/${one.path}`, name: one.name, width: one.width, height: one.height }] : []));
});

/**
 * Take files in: checked for what can be known here, shown at once, uploaded meanwhile.
 * @param {Iterable<File>} files
 */
export function take(files) {
  const limits = options.value?.limits;
  const limit = limits?.references ?? 10;
  /** @type {string[]} */
  const refused = [];
  for (const file of files) {
    const problem = complaint(file, limits);
    if (problem) refused.push(problem);
    else if (photos.value.length >= limit) refused.push(`${file.name}: ${limit} photos are the most a brief can have.`);
    else add(file);
  }
  refusals.value = refused;
}

/**
 * @param {File} file
 * @param {{ referenceBytes: number, referenceTypes: string[] } | undefined} limits
 */
function complaint(file, limits) {
  if (!file.type.startsWith('image/')) return `${file.name}: not a photo. JPEG, PNG, WebP, HEIC and the like can be used.`;
  if (limits && !limits.referenceTypes.includes(file.type)) return `${file.name}: save it as JPEG, PNG or WebP.`;
  if (limits && file.size > limits.referenceBytes) {
    return `${file.name}: ${weight(file.size)}. A photo may have ${weight(limits.referenceBytes)}; export it smaller.`;
  }
  return '';
}

/** @param {File} file */
async function add(file) {
  const control = new AbortController();
  const preview = URL.createObjectURL(file);
  const id = (count += 1);
  photos.value = [...photos.value, {
    id, preview, name: file.name, path: null, problem: null, width: 0, height: 0, stop: () => control.abort(),
  }];
  try {
    const { path, width, height } = await upload(file, control.signal);
    if (photos.value.some((one) => one.path === path)) drop(id);
    else change(id, { path, width, height });
  } catch (error) {
    if (!control.signal.aborted) change(id, { problem: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * @param {number} id
 * @param {Partial<Photo>} update
 */
function change(id, update) {
  photos.value = photos.value.map((one) => (one.id === id ? { ...one, ...update } : one));
}

/** Take a photo out again. */
export function drop(/** @type {number} */ id) {
  const photo = photos.value.find((one) => one.id === id);
  photo?.stop();
  if (photo?.preview.startsWith('blob:')) URL.revokeObjectURL(photo.preview);
  photos.value = photos.value.filter((one) => one.id !== id);
}

/** Put a photo first: the first is the model. */
export function makeFirst(/** @type {number} */ id) {
  const photo = photos.value.find((one) => one.id === id);
  if (photo) photos.value = [photo, ...photos.value.filter((one) => one !== photo)];
}

/** Forget all photos; the uploads themselves stay in the store. */
export function clear() {
  photos.value.forEach((one) => drop(one.id));
  refusals.value = [];
}
