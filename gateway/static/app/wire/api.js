/** The native API, one function a call. Errors are Problems, whose message is fit to be shown. */

/** @typedef {import('./types.js').ShootState} ShootState */

/** An answer that is no success. `code` is for programs, `message` for people. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {Record<string, any>} [body]
   */
  constructor(status, message, body = {}) {
    super(message);
    this.status = status;
    this.code = body.code ?? '';
    this.body = body;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
async function call(path, init) {
  let answer;
  try {
    answer = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'The studio cannot be reached just now.');
  }
  if (answer.status === 401) location.assign('/sign-in');
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, body.detail ?? `The studio answered ${answer.status}.`, body);
  return body;
}

/**
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
function json(body, headers) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** @returns {Promise<import('./types.js').Options>} */
export const getOptions = () => call('/api/options');

/** @returns {Promise<{ shoots: import('./types.js').Summary[], nextCursor: string | null }>} */
export const getShoots = (/** @type {string | null} */ cursor = null) =>
  call(`/api/shoots?limit=24${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);

/** @returns {Promise<ShootState>} */
export const getShoot = (/** @type {string} */ id) => call(`/api/shoots/${id}`);

/**
 * Start a shoot. The same key again is the same shoot.
 * @param {{ prompt: string, references: string[], options: Record<string, unknown> }} brief
 * @param {string} key
 * @returns {Promise<ShootState>}
 */
export const startShoot = (brief, key) => call('/api/shoots', json(brief, { 'Idempotency-Key': key }));

/**
 * Answer a checkpoint; without one, whatever is open, or re-open a shoot that is over.
 * @param {string} id
 * @param {string | null} checkpointId
 * @param {import('./types.js').Decision} decision
 * @param {string} key
 */
export const decide = (id, checkpointId, decision, key) =>
  call(`/api/shoots/${id}/decisions`, json({ ...(checkpointId && { checkpointId }), decision }, { 'Idempotency-Key': key }));

/**
 * What words would be taken for, and cost. Nothing is decided by it.
 * @param {string} id
 * @param {string} text
 * @returns {Promise<import('./types.js').Understood>}
 */
export const interpret = (id, text) => call(`/api/shoots/${id}/interpret`, json({ text }));

/** End a shoot; what was made is kept. */
export const cancelShoot = (/** @type {string} */ id) => call(`/api/shoots/${id}/cancel`, { method: 'POST' });

/**
 * Upload one photo.
 * @param {File} file
 * @param {AbortSignal} signal
 * @returns {Promise<import('./types.js').Uploaded>}
 */
export async function upload(file, signal) {
  const form = new FormData();
  form.append('images', file, file.name || 'photo');
  const answer = await call('/api/uploads', { method: 'POST', body: form, signal });
  if (!answer.files?.length) throw new Problem(422, answer.errors?.[0]?.error ?? `${file.name} was not taken.`);
  return answer.files[0];
}

/** Where a shoot's events are. */
export const eventsUrl = (/** @type {string} */ id) => `/api/shoots/${id}/events`;

/** Where a shoot's zip is. */
export const exportUrl = (/** @type {string} */ id) => `/api/shoots/${id}/export`;

/** A key that makes one click one request, however often it is sent. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Forget who is signed in, and go to the sign-in page. */
export async function signOut() {
  await call('/api/sign-out', { method: 'POST' });
  location.assign('/sign-in');
}
