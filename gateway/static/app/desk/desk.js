/** One shoot on the desk: followed live, decided about, and put down again. */

import { signal } from '../core/dom.js';
import * as api from '../wire/api.js';
import { follow } from '../wire/stream.js';
import { adopt, apply, unknown } from './live.js';

/**
 * @typedef {import('./live.js').Live} Live
 * @typedef {import('../wire/stream.js').Connection} Connection
 * @typedef {{
 *   id: string,
 *   live: import('../../vendor/signals/signals.js').Signal<Live>,
 *   connection: import('../../vendor/signals/signals.js').Signal<Connection>,
 *   refusal: import('../../vendor/signals/signals.js').Signal<string>,
 *   deciding: import('../../vendor/signals/signals.js').Signal<string>,
 *   decide: (decision: import('../wire/types.js').Decision) => Promise<boolean>,
 *   read: (text: string) => Promise<import('../bar/draft.js').Reading | null | false>,
 *   close: () => void,
 * }} Desk
 */

/** How often a state older than the events is asked for again before it is believed. */
const TRIES = 6;
const SETTLE_MS = 120;
const LONGEST_MS = 4000;
const FRAME_MS = 40;
const ENDING_MS = 700;

/** @param {Live} live */
const isOver = ({ state }) => state?.status === 'cancelled' || state?.status === 'complete';

/**
 * Take up a shoot.
 * @param {string} id
 * @param {() => void} [onDecided]  after every decision that was accepted
 * @returns {Desk}
 */
export function openDesk(id, onDecided) {
  const live = signal(unknown());
  const connection = signal(/** @type {Connection} */ ('connecting'));
  const refusal = signal('');
  const deciding = signal('');
  let model = live.value;
  let closed = false;
  let drawing = false;
  let fetching = false;

  // Events come in bursts; the page is drawn once for each burst.
  const draw = () => {
    if (drawing) return;
    drawing = true;
    setTimeout(() => {
      drawing = false;
      live.value = model;
      if (model.doubtful) settle();
    }, FRAME_MS);
  };

  const settle = async () => {
    if (fetching || closed) return;
    fetching = true;
    for (let attempt = 1; model.doubtful && !closed; attempt += 1) {
      const wait = attempt > 1 || model.state ? Math.min(LONGEST_MS, SETTLE_MS * 1.6 ** (attempt - 1)) : 0;
      await new Promise((resolve) => { setTimeout(resolve, wait); });
      try {
        const state = await api.getShoot(id);
        model = adopt(model, state, attempt >= TRIES);
        live.value = model;
      } catch (error) {
        if (!(error instanceof api.Problem)) throw error;
        if (error.status === 404) {
          connection.value = 'gone';
          stream.stop();
          break;
        }
      }
    }
    fetching = false;
  };

  const stream = follow(api.eventsUrl(id), {
    onEvent(event, offset) {
      model = apply(model, event, offset);
      draw();
    },
    onConnection(next) {
      connection.value = next;
      if (next === 'live') {
        model = { ...model, doubtful: true };
        draw();
      }
    },
  });
  settle();

  const answer = async (/** @type {import('../wire/types.js').Decision} */ decision) => {
    if (decision.type === 'cancel') return api.cancelShoot(id);
    const open = model.state?.checkpoint?.id ?? null;
    const key = api.newKey();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await api.decide(id, open, decision, key);
      } catch (error) {
        // A shoot that has just ended is put away first; a moment later it can be taken up again.
        const ending = error instanceof api.Problem && error.code === 'not-waiting' && !open && isOver(model);
        if (!ending || attempt >= TRIES) throw error;
        await new Promise((resolve) => { setTimeout(resolve, ENDING_MS); });
      }
    }
  };

  const decide = async (/** @type {import('../wire/types.js').Decision} */ decision) => {
    if (deciding.value) return false;
    deciding.value = decision.type;
    refusal.value = '';
    try {
      await answer(decision);
      if (connection.value === 'over') stream.wake();
      onDecided?.();
      return true;
    } catch (error) {
      refusal.value = error instanceof Error ? error.message : String(error);
      model = { ...model, doubtful: true };
      draw();
      return false;
    } finally {
      deciding.value = '';
    }
  };

  // Null: there is nothing to pay for, so the words may go. False: it could not be found out.
  const read = async (/** @type {string} */ text) => {
    if (deciding.value) return false;
    deciding.value = 'feedback';
    refusal.value = '';
    try {
      const { checkpointId, director, words, decisions, estimate } = await api.interpret(id, text);
      if (director !== 'house' || !decisions.length || estimate === 0) return null;
      return { text, checkpointId, words, dollars: estimate };
    } catch (error) {
      refusal.value = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      deciding.value = '';
    }
  };

  return {
    id, live, connection, refusal, deciding, decide, read,
    close() {
      closed = true;
      stream.stop();
    },
  };
}
