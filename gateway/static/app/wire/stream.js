/**
 * Following a shoot's events for as long as somebody looks, across cuts, restarts and sleep.
 *
 * Read with fetch and not with EventSource: that shows heartbeats and HTTP statuses, so that a dead
 * connection is noticed and the end of a shoot is told from an error. Every attempt resumes after
 * the last offset that was seen, and an offset that was seen is not passed on again.
 */

import { frameReader } from './frames.js';

/**
 * @typedef {'connecting' | 'live' | 'reconnecting' | 'over' | 'gone'} Connection
 * @typedef {{ onEvent: (event: import('./types.js').WireEvent, offset: number) => void,
 *   onConnection: (connection: Connection) => void }} Listener
 */

const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5_000;
const STEADY_MS = 3_000;

/**
 * Follow the stream at `url` from its first event on.
 * @param {string} url
 * @param {Listener} listener
 * @returns {{ stop: () => void, wake: () => void }} `wake` tries again at once, also where the
 *   shoot seemed over.
 */
export function follow(url, listener) {
  let seen = -1;
  let stopped = false;
  let wait = FIRST_WAIT_MS;
  /** @type {AbortController | null} */
  let attempt = null;
  /** @type {(() => void) | null} */
  let awake = null;

  const pass = (/** @type {import('./frames.js').Frame} */ frame) => {
    const event = JSON.parse(frame.data);
    const offset = Number(frame.id);
    // A snapshot or a gap stands for what came before it, and carries no event's own offset.
    if (event.type === 'snapshot') seen = Math.max(seen, event.offset - 1);
    else if (event.type !== 'gap') {
      if (!(offset > seen)) return;
      seen = offset;
    }
    try {
      listener.onEvent(event, offset);
    } catch (error) {
      // A fault in the page must be seen as one, and not look like a lost connection.
      reportError(error);
    }
  };

  const read = async () => {
    attempt = new AbortController();
    const guard = silence(attempt);
    const began = Date.now();
    try {
      const answer = await fetch(`${url}?after=${seen}`, {
        headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: attempt.signal,
      });
      if (answer.status === 204) return 'over';
      if (answer.status === 401) location.assign('/sign-in');
      if (answer.status === 404 || answer.status === 401) return 'gone';
      if (!answer.ok || !answer.body) return 'cut';
      listener.onConnection('live');
      await drain(answer.body, guard, pass);
      return 'ended';
    } catch {
      return 'cut';
    } finally {
      guard.end();
      if (Date.now() - began > STEADY_MS) wait = FIRST_WAIT_MS;
    }
  };

  const pause = (/** @type {number} */ time) => new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), time);
    awake = () => { clearTimeout(timer); resolve(undefined); };
  });

  const run = async () => {
    listener.onConnection('connecting');
    while (!stopped) {
      const outcome = await read();
      if (stopped) return;
      if (outcome === 'over' || outcome === 'gone') {
        listener.onConnection(outcome);
        await new Promise((resolve) => { awake = () => resolve(undefined); });
        continue;
      }
      // The gateway ends a stream now and then on purpose: that is no news as long as it answers.
      if (outcome === 'cut') listener.onConnection('reconnecting');
      await pause(wait + Math.random() * wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  };

  const wake = () => { awake?.(); };
  const cut = () => attempt?.abort();
  const back = () => { if (!document.hidden) wake(); };
  addEventListener('online', wake);
  addEventListener('offline', cut);
  document.addEventListener('visibilitychange', back);
  run();

  return {
    wake,
    stop() {
      stopped = true;
      removeEventListener('online', wake);
      removeEventListener('offline', cut);
      document.removeEventListener('visibilitychange', back);
      cut();
      wake();
    },
  };
}

/**
 * Aborts `attempt` when nothing is heard for longer than a few heartbeats.
 * @param {AbortController} attempt
 */
function silence(attempt) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => attempt.abort(), SILENCE_MS);
  };
  heard();
  return { heard, end: () => clearTimeout(timer) };
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {{ heard: () => void }} guard
 * @param {(frame: import('./frames.js').Frame) => void} pass
 */
async function drain(body, guard, pass) {
  const reader = body.getReader();
  const text = new TextDecoder();
  const frames = frameReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    guard.heard();
    for (const frame of frames(text.decode(value, { stream: true }))) pass(frame);
  }
}
