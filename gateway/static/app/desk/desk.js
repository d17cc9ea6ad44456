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
 *   close: () => void,
 * }} Desk
 */

const TRIES = 6;
const SETTLE_MS = 120;
const FRAME_MS = 40;

/**
 * Take up a shoot.
 * @param {string} id
 * @returns {Desk}
 */
export function openDesk(id) {
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
      await new Promise((resolve) => { setTimeout(resolve, model.state ? SETTLE_MS * attempt : 0); });
      try {
        const state = await api.getShoot(id);
        model = adopt(model, state, attempt >= TRIES);
        live.value = model;
      } catch (error) {
        if (error instanceof api.Problem && error.status === 404) {
          connection.value = 'gone';
          stream.stop();
        }
        break;
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

  const decide = async (/** @type {import('../wire/types.js').Decision} */ decision) => {
    if (deciding.value) return false;
    deciding.value = decision.type;
    refusal.value = '';
    try {
      const open = model.state?.checkpoint?.id ?? null;
      await (decision.type === 'cancel' ? api.cancelShoot(id) : api.decide(id, open, decision, api.newKey()));
      if (connection.value === 'over') stream.wake();
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

  return {
    id, live, connection, refusal, deciding, decide,
    close() {
      closed = true;
      stream.stop();
    },
  };
}
