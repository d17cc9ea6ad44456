/** The director's notes: the brief, what was said and decided since, and what is being made. */

import { cx, html, useEffect, useLayoutEffect, useRef, useState } from '../core/dom.js';
import { capital, spoken } from '../core/words.js';
import { referenceUrl } from '../wire/media.js';
import { Entry } from './entry.js';

/** How near to the end counts as reading along, in pixels. */
const NEAR = 60;
const SETTLE_MS = 1500;

/**
 * @param {{ live: import('../desk/live.js').Live }} props
 */
export function Notes({ live }) {
  const scroller = useRef(/** @type {HTMLElement | null} */ (null));
  const along = useRef(true);
  const [behind, setBehind] = useState(false);
  const [settled, setSettled] = useState(false);
  const state = /** @type {import('../wire/types.js').ShootState} */ (live.state);

  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (along.current) toEnd();
    else setBehind(true);
  }, [live.talk, live.progress]);
  // What is there when the page opens stands still; only what comes later makes an entrance.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const read = () => {
      along.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      if (along.current) setBehind(false);
    };
    element.addEventListener('scroll', read, { passive: true });
    return () => element.removeEventListener('scroll', read);
  }, []);

  return html`
    <aside class="notes" aria-label="The director’s notes">
      <div class=${cx('notes-scroll', settled && 'is-settled')} ref=${scroller} tabindex="0" role="log" aria-live="off">
        <${Brief} state=${state} />
        ${live.talk.map((item) => html`<${Entry} key=${item.id} item=${item} live=${live} />`)}
      </div>
      <${Announcer} live=${live} />
      ${behind && html`<button type="button" class="notes-more" onClick=${() => { along.current = true; setBehind(false); toEnd(); }}>More below</button>`}
    </aside>`;
}

/**
 * @param {{ state: import('../wire/types.js').ShootState }} props
 */
function Brief({ state }) {
  const { prompt, references } = state.brief;
  const { direction } = state;
  const long = prompt.length > 420;
  return html`
    <section class=${cx('brief-note', long && 'is-long')}>
      <h2>The brief</h2>
      <p class="brief-prompt">${prompt}</p>
      ${references.length > 0 && html`
        <ul class="brief-photos">
          ${references.map((one) => html`<li key=${one.key}><img src=${referenceUrl(one.key, 160)} alt=${one.name} loading="lazy" /></li>`)}
        </ul>`}
      ${direction && html`<p class="brief-set">${spoken(direction.pose)}, ${spoken(direction.background).toLowerCase()}${direction.styling ? `. ${capital(direction.styling)}` : ''}</p>`}
    </section>`;
}

/**
 * Tells screen readers what has just been said in full, and what waits; not every syllable.
 * @param {{ live: import('../desk/live.js').Live }} props
 */
function Announcer({ live }) {
  const { state } = live;
  const words = live.talk.findLast((one) => one.kind === 'said' && one.type === 'response' && one.done);
  return html`
    <div class="hidden-words" aria-live="polite">
      <p>${words?.kind === 'said' ? words.text : ''}</p>
      <p>${state?.checkpoint?.message ?? ''}</p>
    </div>`;
}
