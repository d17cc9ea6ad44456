/** All shoots: those that wait for a person first, then those at work, then the finished ones. */

import { html, signal, useEffect, useRef } from '../core/dom.js';
import { Masthead } from '../core/masthead.js';
import { entitle, notify } from '../core/attention.js';
import { getShoots } from '../wire/api.js';
import { counted } from '../core/words.js';
import { Cover, standing } from './cover.js';

/** @typedef {import('../wire/types.js').Summary} Summary */

const EVERY_MS = 4000;

/** Up to so many shoots, each is shown large: there is room. */
const FEW = 3;

/** @type {import('../../vendor/signals/signals.js').Signal<Summary[] | null>} */
const shoots = signal(null);
/** @type {import('../../vendor/signals/signals.js').Signal<string | null>} */
const more = signal(null);
const trouble = signal('');

/** Read the first page again; further pages that were opened stay below it. */
async function refresh() {
  try {
    const page = await getShoots();
    const first = new Set(page.shoots.map((one) => one.id));
    const rest = (shoots.value ?? []).filter((one) => !first.has(one.id)).slice(0, more.value === null ? undefined : 500);
    const wasLonger = (shoots.value?.length ?? 0) > page.shoots.length;
    shoots.value = wasLonger ? [...page.shoots, ...rest] : page.shoots;
    if (!wasLonger) more.value = page.nextCursor;
    trouble.value = '';
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
  }
}

async function older() {
  if (!more.value) return;
  const page = await getShoots(more.value);
  const known = new Set((shoots.value ?? []).map((one) => one.id));
  shoots.value = [...(shoots.value ?? []), ...page.shoots.filter((one) => !known.has(one.id))];
  more.value = page.nextCursor;
}

/** The page at `/`. */
export function Home() {
  useEffect(() => {
    refresh();
    // Unseen too, to call back; browsers slow the timers of tabs in the background by themselves.
    const timer = setInterval(refresh, EVERY_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, []);

  const all = shoots.value;
  const waiting = all?.filter((one) => one.waitsFor === 'person') ?? [];
  const working = all?.filter((one) => one.waitsFor === 'studio') ?? [];
  const over = all?.filter((one) => one.waitsFor === null) ?? [];
  const few = (all?.length ?? 0) <= FEW;
  useEffect(() => {
    entitle(waiting.length ? `${counted(waiting.length, 'shoot')} ${waiting.length === 1 ? 'waits' : 'wait'} for you` : '', waiting.length > 0);
  }, [waiting.length]);
  useCall(all && waiting);

  return html`
    <div class="page">
      <${Masthead}><a class="button" href="/new">New shoot</a><//>
      <main class="home">
        <h1 class="hidden-words">Shoots</h1>
        ${trouble.value && html`<p class="notice" role="status">${trouble.value} Trying again.</p>`}
        ${all?.length === 0 && html`<${Empty} />`}
        <${Group} title="Waiting for you" shoots=${waiting} large />
        <${Group} title="At work" shoots=${working} large=${few} />
        <${Group} title="Finished" shoots=${over} large=${few} />
        ${more.value && html`<p class="centred"><button type="button" class="button plain" onClick=${older}>Older shoots</button></p>`}
      </main>
    </div>`;
}

/**
 * Call the person back for every shoot that has begun to wait since the list was opened.
 * @param {Summary[] | null} waiting
 */
function useCall(waiting) {
  const known = useRef(/** @type {Set<string> | null} */ (null));
  const now = waiting?.map((one) => `${one.id} ${one.stage} ${one.status}`) ?? [];
  useEffect(() => {
    if (!waiting) return;
    const before = known.current;
    known.current = new Set(now);
    waiting.forEach((one, index) => {
      if (before && !before.has(now[index])) notify(one.title, standing(one), one.id);
    });
  }, [waiting === null, now.join()]);
}

/**
 * @param {{ title: string, shoots: Summary[], large?: boolean }} props
 */
function Group({ title, shoots: members, large = false }) {
  if (!members.length) return null;
  return html`
    <section class="covers-group" aria-label=${title}>
      <h2>${title}</h2>
      <ul class=${large ? 'covers is-large' : 'covers'}>
        ${members.map((one) => html`<li key=${one.id}><${Cover} shoot=${one} large=${large} /></li>`)}
      </ul>
    </section>`;
}

function Empty() {
  return html`
    <section class="empty">
      <img src="/pictures/poses/editorial-drama.webp" alt="" width="300" height="400" />
      <div>
        <h2>Nothing has been shot here yet.</h2>
        <p>Give a brief and a few photos. The studio makes a hero, a contact sheet, six frames, the clips and a film, and stops after each for your word.</p>
        <a class="button" href="/new">Write the first brief</a>
      </div>
    </section>`;
}
