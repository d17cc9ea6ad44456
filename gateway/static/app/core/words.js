/** How the studio names and counts things on the page. */

/** @typedef {'hero' | 'contact-sheet' | 'frames' | 'clips' | 'complete'} Stage */

/** @type {Stage[]} */
export const STAGES = ['hero', 'contact-sheet', 'frames', 'clips', 'complete'];

const PRODUCTS = { hero: 'Hero', 'contact-sheet': 'Contact sheet', frames: 'Frames', clips: 'Clips', complete: 'Film' };

/**
 * A stage's product, as a title.
 * @param {string} stage
 */
export function product(stage) {
  return PRODUCTS[/** @type {Stage} */ (stage)] ?? stage;
}

/**
 * A stage's product within a sentence: “the contact sheet”, “the clips”.
 * @param {string} stage
 */
export function theProduct(stage) {
  return `the ${product(stage).toLowerCase()}`;
}

/**
 * The stage after `stage`, or null after the film.
 * @param {string} stage
 * @returns {Stage | null}
 */
export function following(stage) {
  return STAGES[STAGES.indexOf(/** @type {Stage} */ (stage)) + 1] ?? null;
}

/**
 * An identifier as words: `confident-standing` → “Confident standing”.
 * @param {string} id
 */
export function spoken(id) {
  return capital(id.replaceAll('-', ' '));
}

/** The same words with a capital at the start. */
export const capital = (/** @type {string} */ words) => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * Numbers as a phrase: “2”, “2 and 4”, “1, 2 and 4”.
 * @param {number[]} numbers
 */
export function listed(numbers) {
  if (numbers.length < 2) return String(numbers[0] ?? '');
  return `${numbers.slice(0, -1).join(', ')} and ${numbers[numbers.length - 1]}`;
}

/**
 * US dollars; zero is “free”.
 * @param {number} dollars
 */
export function money(dollars) {
  if (!dollars) return 'free';
  return dollars < 0.01 ? 'under $0.01' : `$${dollars.toFixed(2)}`;
}

/**
 * A provider's name as it writes it itself.
 * @param {string} id
 */
export function provider(id) {
  const names = { fal: 'fal.ai', kling: 'Kling', claude: 'Claude', proof: 'proof', house: 'house director' };
  return names[/** @type {keyof typeof names} */ (id)] ?? id;
}

/**
 * A length of film: “7.5 s”.
 * @param {number} value
 */
export function seconds(value) {
  return `${Number(value.toFixed(1))} s`;
}

/**
 * When something was, in words near now and as a date further off.
 * @param {string} iso
 * @param {number} [now]
 */
export function ago(iso, now = Date.now()) {
  const minutes = Math.round((now - Date.parse(iso)) / 60000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.round(minutes / 60)} h ago`;
  return new Date(iso).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
}

/**
 * A count of bytes, in the units of the gateway's own messages and limits: “1.2 MB”.
 * @param {number} bytes
 */
export function weight(bytes) {
  const KB = 1024;
  return bytes < KB * KB
    ? `${Math.max(1, Math.round(bytes / KB))} KB`
    : `${(bytes / KB / KB).toFixed(1)} MB`;
}

/**
 * The start of a text, at a word's end.
 * @param {string} text
 * @param {number} length
 */
export function shortened(text, length) {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= length) return flat;
  return `${flat.slice(0, length).replace(/\s+\S*$/, '')}…`;
}
