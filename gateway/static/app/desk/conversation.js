/**
 * What was said and done in a shoot, in order: a list that events add to. Pure functions.
 *
 * @typedef {{ id: string } & (Said | Asked | Decided | Tool | Work | Rested | Note)} Item
 * @typedef {{ kind: 'said', type: 'thinking' | 'response', text: string, done: boolean }} Said
 * @typedef {{ kind: 'asked', text: string }} Asked
 * @typedef {{ kind: 'decided', decision: import('../wire/types.js').Decision, by: string | null }} Decided
 * @typedef {{ kind: 'tool', tool: string, detail: string, summary: string | null }} Tool
 * @typedef {{ kind: 'work', stage: string, take: number, runs: Record<string, boolean>, note: string }} Work
 * @typedef {{ kind: 'rested', stage: string, take: number | null, failed: boolean, message: string }} Rested
 * @typedef {{ kind: 'note', text: string, tone: 'quiet' | 'trouble' }} Note
 *
 * @typedef {import('../wire/types.js').WireEvent} WireEvent
 */

const RUN = /^(hero|contact-sheet|frames|clips|complete)-(\d+)-(.+)$/;

/**
 * The conversation after one more event.
 * @param {Item[]} items
 * @param {WireEvent} event
 * @param {number} offset
 * @returns {Item[]}
 */
export function add(items, event, offset) {
  const id = `at-${offset}`;
  switch (event.type) {
    case 'message_type_hint':
      return put(items, { id: event.messageId, kind: 'said', type: event.messageType, text: '', done: false });
    case 'text_delta':
      return said(items, event.messageId, (one) => ({ ...one, text: one.text + event.text }));
    case 'assistant_message':
      return put(items, { id: event.messageId, kind: 'said', type: event.messageType, text: event.text, done: true });
    case 'message_discarded':
      return items.filter((one) => one.id !== event.messageId);
    case 'decision':
      return event.decision.type === 'feedback'
        ? [...items, { id, kind: 'asked', text: event.decision.text }]
        : [...items, { id, kind: 'decided', decision: event.decision, by: event.by ?? null }];
    case 'system':
      return worked(items, event);
    case 'checkpoint': {
      const { stage, take, status, message } = event.checkpoint;
      return [...items, { id, kind: 'rested', stage, take, failed: status === 'failed', message }];
    }
    case 'status':
      return noted(items, { id, kind: 'note', text: event.message, tone: 'quiet' });
    case 'error':
      return [...items, { id, kind: 'note', text: event.error, tone: 'trouble' }];
    case 'complete':
      return event.exitCode === 0 ? items
        : [...items, { id, kind: 'note', text: 'The shoot was cancelled. What was made is kept.', tone: 'quiet' }];
    default:
      return items;
  }
}

/**
 * A conversation from a snapshot alone: the transcript, and what is being said at the moment.
 * @param {import('../wire/types.js').ShootState} state
 * @param {{ messageId: string, messageType: 'thinking' | 'response', text: string }[]} speaking
 * @returns {Item[]}
 */
export function fromState(state, speaking) {
  /** @type {Item[]} */
  const told = state.transcript.slice(1).map((one) => (
    one.role === 'person'
      ? { id: one.id, kind: 'asked', text: one.text }
      : { id: one.id, kind: 'said', type: 'response', text: one.text, done: true }
  ));
  const now = speaking.map((one) => (
    /** @type {Item} */ ({ id: one.messageId, kind: 'said', type: one.messageType, text: one.text, done: false })
  ));
  return [...told, ...now];
}

/**
 * Add an item, or replace the one with its id where it stands.
 * @param {Item[]} items
 * @param {Item} item
 */
function put(items, item) {
  const index = items.findIndex((one) => one.id === item.id);
  return index < 0 ? [...items, item] : items.with(index, item);
}

/**
 * @param {Item[]} items
 * @param {string} messageId
 * @param {(item: Said & { id: string }) => Item} change
 */
function said(items, messageId, change) {
  const index = items.findLastIndex((one) => one.id === messageId);
  const found = items[index];
  return found?.kind === 'said' ? items.with(index, change(found)) : [
    ...items, change({ id: messageId, kind: 'said', type: 'response', text: '', done: false }),
  ];
}

/**
 * The director's tools stand alone; a take's scripts are gathered in one item.
 * @param {Item[]} items
 * @param {WireEvent} event
 * @returns {Item[]}
 */
function worked(items, event) {
  const done = event.subtype === 'tool_done';
  const run = RUN.exec(event.runId);
  if (!run) {
    const known = items.find((one) => one.id === event.runId);
    const detail = known?.kind === 'tool' ? known.detail : event.data.detail ?? '';
    const summary = done ? event.data.summary ?? '' : null;
    return put(items, { id: event.runId, kind: 'tool', tool: event.tool, detail, summary });
  }
  const [, stage, take, item] = run;
  const last = items.findLastIndex((one) => one.kind === 'work' || one.kind === 'rested');
  const open = items[last];
  const runs = { [item]: done };
  if (open?.kind === 'work' && open.stage === stage && open.take === Number(take)) {
    return items.with(last, { ...open, runs: { ...open.runs, ...runs } });
  }
  return [...items, { id: `${event.runId}-${items.length}`, kind: 'work', stage, take: Number(take), runs, note: '' }];
}

/**
 * What the machinery says belongs to the work under way, where there is any, and stands alone where
 * there is none.
 * @param {Item[]} items
 * @param {Item & Note} note
 * @returns {Item[]}
 */
function noted(items, note) {
  const last = items[items.length - 1];
  if (last?.kind !== 'work' || Object.values(last.runs).every(Boolean)) return [...items, note];
  return items.with(items.length - 1, { ...last, note: note.text });
}
