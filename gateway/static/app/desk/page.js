/** The page of one shoot: the rail, the picture, the director's notes, and the bar to decide by. */

import { html, signal, useEffect, useMemo } from '../core/dom.js';
import { useKeys } from '../core/keys.js';
import { Masthead } from '../core/masthead.js';
import { go, route, shootHref } from '../core/route.js';
import { STAGES } from '../core/words.js';
import { Bar } from '../bar/bar.js';
import { openDraft } from '../bar/draft.js';
import { Notes } from '../notes/notes.js';
import { StageView } from '../stage/stage.js';
import { openDesk } from './desk.js';
import { Head } from './head.js';
import { isReached, view } from './looking.js';
import { Rail } from './rail.js';
import { ShortcutsDialog } from './shortcuts.js';
import { useWatch } from './watch.js';

const helping = signal(false);

/**
 * @param {{ id: string }} props
 */
export function ShootPage({ id }) {
  const desk = useMemo(() => openDesk(id, () => followShoot(id)), [id]);
  const draft = useMemo(() => openDraft(id), [id]);
  useEffect(() => () => desk.close(), [desk]);
  useWatch(desk);

  const live = desk.live.value;
  const here = route.value.name === 'shoot' ? route.value : null;
  const looking = live.state && view(live.state, here?.stage ?? null, here?.take ?? null);
  useMoves(id, live, looking);

  if (desk.connection.value === 'gone') return html`<${Missing} />`;
  if (!live.state || !looking) return html`<${Opening} connection=${desk.connection.value} />`;
  return html`
    <div class="desk">
      <a class="skip-link" href="#bar" onClick=${toBar}>To the decision</a>
      <${Head} desk=${desk} state=${live.state} onHelp=${() => { helping.value = true; }} />
      <${Rail} live=${live} looking=${looking} />
      <${StageView} desk=${desk} live=${live} looking=${looking} draft=${draft} />
      <${Notes} live=${live} />
      <${Bar} desk=${desk} live=${live} looking=${looking} draft=${draft} />
      ${helping.value && html`<${ShortcutsDialog} onClose=${() => { helping.value = false; }} />`}
    </div>`;
}

/**
 * Look at what the shoot is about, wherever one looked when deciding.
 * @param {string} id
 */
function followShoot(id) {
  const here = route.value;
  if (here.name === 'shoot' && here.id === id && here.stage) go(shootHref(id), { quiet: true });
}

/** Move the focus without touching the address, which is the route. */
function toBar(/** @type {Event} */ event) {
  event.preventDefault();
  document.getElementById('bar')?.focus();
}

/**
 * Keys that move about: takes by the arrows left and right, stages by up and down.
 * @param {string} id
 * @param {import('./live.js').Live} live
 * @param {import('./looking.js').View | null} looking
 */
function useMoves(id, live, looking) {
  const through = (/** @type {number} */ step) => {
    if (!looking || looking.takes.length < 2) return;
    const at = looking.takes.findIndex((one) => one === looking.take);
    const next = looking.takes[Math.min(looking.takes.length - 1, Math.max(0, (at < 0 ? looking.takes.length : at) + step))];
    go(shootHref(id, looking.stage, next.number), { quiet: true });
  };
  const along = (/** @type {number} */ step) => {
    const { state } = live;
    if (!looking || !state) return;
    const reached = STAGES.filter((stage) => isReached(state, stage));
    const next = reached[reached.indexOf(looking.stage) + step];
    if (next) go(shootHref(id, next));
  };
  useKeys({
    ArrowLeft: () => through(-1),
    ArrowRight: () => through(1),
    ArrowUp: () => along(-1),
    ArrowDown: () => along(1),
    '?': () => { helping.value = true; },
  });
}

/**
 * @param {{ connection: string }} props
 */
function Opening({ connection }) {
  const words = connection === 'reconnecting' ? 'The studio cannot be reached. Trying again…' : 'Opening the shoot…';
  return html`<div class="page"><${Masthead} /><main class="between" role="status"><p>${words}</p></main></div>`;
}

function Missing() {
  return html`
    <div class="page"><${Masthead} />
      <main class="between"><h1>There is no such shoot.</h1><p>It may belong to somebody else, or its address is wrong.</p><a class="button" href="/">All shoots</a></main>
    </div>`;
}
