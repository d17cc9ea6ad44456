/** The bar at the foot of the desk: what the shoot asks, every answer to it, and what each costs. */

import { cx, html, useEffect, useRef, useState } from '../core/dom.js';
import { Icon } from '../core/icons.js';
import { useKeys } from '../core/keys.js';
import { shootHref } from '../core/route.js';
import { money, product, theProduct } from '../core/words.js';
import { choices } from '../desk/choices.js';
import { asksToSpend } from '../stage/trouble.js';
import { currentTake, subject } from '../desk/looking.js';
import { asDownload, takeUrl } from '../wire/media.js';
import { Settings } from './settings.js';
import { answer, isOf, onward, wordsMayCost } from './proposal.js';

/**
 * @typedef {import('../wire/types.js').ShootState} ShootState
 * @typedef {{ desk: import('../desk/desk.js').Desk, live: import('../desk/live.js').Live,
 *   looking: import('../desk/looking.js').View, draft: import('./draft.js').Draft }} BarProps
 */

/** For how long after a checkpoint opens Enter is not taken: it may have been meant for something else. */
const SETTLE_MS = 500;

/**
 * @param {BarProps} props
 */
export function Bar({ desk, live, looking, draft }) {
  const state = /** @type {ShootState} */ (live.state);
  const can = choices(state);
  const [settled, setSettled] = useState('');
  const id = state.checkpoint?.id ?? '';
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), SETTLE_MS);
    draft.marks.value = [];
    draft.setUp.value = { pose: null, background: null };
    return () => clearTimeout(timer);
  }, [id]);
  // An edit in the making is for the film, whatever is redone first; it ends when the shoot has one of its own.
  const { pace, loop, easing } = state.edit;
  useEffect(() => { draft.edit.value = {}; }, [pace, loop, easing]);

  const next = onward(state, can, draft.edit.value);
  const said = answer(state, looking.stage, can, {
    words: draft.words.value, marks: draft.marks.value, setUp: draft.setUp.value, reading: draft.reading.value,
  });
  const send = async (/** @type {import('./proposal.js').Proposal | null} */ proposal) => {
    if (proposal?.decision.type === 'feedback' && await isHeld(proposal.decision.text)) return;
    if (proposal && await desk.decide(proposal.decision) && proposal !== next) draft.clear();
  };
  // Words that come to something paid for are told back with their price; a second click sends them.
  const isHeld = async (/** @type {string} */ text) => {
    if (!wordsMayCost(state) || isOf(draft.reading.value, state, text)) return false;
    const reading = await desk.read(text);
    draft.reading.value = reading || null;
    return reading !== null;
  };
  const words = () => document.getElementById('words')?.focus();
  // What ends the shoot, or costs more than was allowed, wants a click.
  const grave = asksToSpend(state.checkpoint) || (next?.decision.type === 'approve' && state.checkpoint?.stage === 'complete');
  const takesEnter = next !== null && !grave && !said && settled === id;
  useKeys({
    Enter: () => { if (takesEnter) send(next); },
    r: words,
  });

  const waits = can.size > 0;
  const film = filmOf(state);
  return html`
    <section class=${cx('bar', waits && 'is-open', state.status === 'paused' && 'is-failed')} id="bar" tabindex="-1" aria-label="Decision">
      <${Question} desk=${desk} live=${live} looking=${looking} />
      ${waits && html`
        <form class="answer" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); send(said); }}>
          ${can.has('feedback') && html`<${Words} draft=${draft} looking=${looking} can=${can} onSend=${() => send(said)} />`}
          <div class="answer-buttons">
            ${said && html`<${Act} proposal=${said} submit busy=${desk.deciding.value !== ''} primary />`}
            ${next && html`<${Act} proposal=${next} keys=${takesEnter ? 'Enter' : undefined} busy=${desk.deciding.value !== ''} primary=${!said && !film} onClick=${() => send(next)} />`}
            ${film && html`<a class=${cx('button', said && 'plain')} href=${asDownload(film)} download><${Icon} name="download" />Film</a>`}
          </div>
        </form>
        <${Reading} draft=${draft} state=${state} onChange=${words} />
        <${Settings} desk=${desk} state=${state} looking=${looking} draft=${draft} can=${can} />`}
    </section>`;
}

/**
 * What the words were taken for, and what that costs, before they are sent.
 * @param {{ draft: import('./draft.js').Draft, state: ShootState, onChange: () => void }} props
 */
function Reading({ draft, state, onChange }) {
  const reading = draft.reading.value;
  if (!reading || !isOf(reading, state, draft.words.value.trim())) return null;
  const cost = reading.dollars === null ? 'price unknown' : money(reading.dollars);
  const change = () => { draft.reading.value = null; onChange(); };
  return html`
    <p class="reading" role="status">
      <span>Understood: ${reading.words} <strong>${cost}</strong></span>
      <button type="button" class="quiet-link" onClick=${change}>Change</button>
    </p>`;
}

/**
 * The address of the film, where there is one to hand over.
 * @param {ShootState} state
 */
function filmOf(state) {
  const take = state.status === 'complete' ? currentTake(state, 'complete') : null;
  return take && takeUrl(state.id, 'complete', take.number, take.artifacts[0]);
}

/**
 * What the shoot asks, or does.
 * @param {{ desk: import('../desk/desk.js').Desk, live: import('../desk/live.js').Live, looking: import('../desk/looking.js').View }} props
 */
function Question({ desk, live, looking }) {
  const state = /** @type {ShootState} */ (live.state);
  const about = subject(state);
  const refusal = desk.refusal.value;
  return html`
    <div class="question">
      <p class=${cx('question-words', refusal && 'trouble')} role="status">${refusal || asks(state, live)}</p>
      ${looking.stage !== about && html`<a class="quiet-link" href=${shootHref(state.id)}>Back to ${theProduct(about)}</a>`}
    </div>`;
}

/**
 * @param {ShootState} state
 * @param {import('../desk/live.js').Live} live
 */
function asks(state, live) {
  const { checkpoint, status } = state;
  if (status === 'cancelled') return 'The shoot was cancelled. What was made is kept.';
  if (asksToSpend(checkpoint)) return 'Going on would cost more than you allowed. Agree to it, or say what to change.';
  if (checkpoint) return checkpoint.status === 'failed' ? `The ${product(checkpoint.stage).toLowerCase()} could not be made. Try again, or say what to change.` : checkpoint.message;
  if (status === 'complete') return 'The shoot is wrapped. It can still be cut again.';
  if (state.running.length) return `Making ${theProduct(state.stage)}. You are asked when it is done.`;
  return live.news || 'The director is at work.';
}

/**
 * @param {{ draft: import('./draft.js').Draft, looking: import('../desk/looking.js').View, can: Set<string>, onSend: () => void }} props
 */
function Words({ draft, looking, can, onSend }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const marks = draft.marks.value;
  const typed = (/** @type {Event} */ event) => { draft.words.value = /** @type {HTMLTextAreaElement} */ (event.currentTarget).value; };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      onSend();
    } else if (event.key === 'Escape') field.current?.blur();
  };
  return html`
    <div class="words-field" data-value=${draft.words.value}>
      <textarea id="words" ref=${field} rows="1" maxlength="4000" aria-label="What to change, in words" aria-keyshortcuts="R"
        placeholder=${prompt(looking.stage, marks, can)} value=${draft.words.value} onInput=${typed} onKeyDown=${pressed}></textarea>
    </div>`;
}

/**
 * @param {string} stage
 * @param {number[]} marks
 * @param {Set<string>} can
 */
function prompt(stage, marks, can) {
  if (stage === 'frames' && marks.length && can.has('modify')) return 'What should be different in them?';
  if (stage === 'clips' && marks.length && can.has('regenerate')) return 'How should they move? (may stay empty)';
  return 'Say what to change';
}

/**
 * A button for a decision, with its price.
 * @param {{ proposal: import('./proposal.js').Proposal, primary?: boolean, submit?: boolean, busy: boolean,
 *   keys?: string, onClick?: () => void }} props
 */
function Act({ proposal, primary, submit, busy, keys, onClick }) {
  const { decision, dollars, hint = '', label, rest } = proposal;
  const cost = dollars === undefined ? hint : dollars === null ? 'price unknown' : money(dollars);
  return html`
    <button type=${submit ? 'submit' : 'button'} class=${cx('button', !primary && 'plain')} disabled=${busy}
      aria-keyshortcuts=${keys} data-decision=${decision.type} onClick=${onClick}>
      <span>${label}${rest && html`<span class="button-rest"> ${rest}</span>`}</span>${cost && html`<small>${cost}</small>`}
    </button>`;
}
