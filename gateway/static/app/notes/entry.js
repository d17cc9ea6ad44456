/** One entry of the notes, by its kind. */

import { cx, html } from '../core/dom.js';
import { route, shootHref } from '../core/route.js';
import { product, spoken } from '../core/words.js';
import { decided } from './decided.js';

/**
 * @typedef {import('../desk/conversation.js').Item} Item
 * @typedef {import('../desk/live.js').Live} Live
 */

/** What the director's tools do, in words. */
const TOOLS = {
  'read-brief': 'Read the brief', 'set-direction': 'Set the direction', interpret: 'Took it to mean',
  revise: 'Asks for another take', modify: 'Asks for other frames', regenerate: 'Asks for other clips',
  resize: 'Asks for another ratio', edit: 'Sets the cut', approve: 'Goes on', 'use-take': 'Goes back to a take',
};

/**
 * @param {{ item: Item, live: Live }} props
 */
export function Entry({ item, live }) {
  switch (item.kind) {
    case 'said': return item.type === 'thinking' ? html`<${Thinking} item=${item} />` : html`<${Words} item=${item} />`;
    case 'asked': return html`<blockquote class="asked">${item.text}</blockquote>`;
    case 'decided': return html`<p class="decided">${decided(item.decision)}<span>${by(item.by)}</span></p>`;
    case 'tool': return html`<p class=${cx('tool', item.summary === null && 'is-running')}>${toolWords(item)}</p>`;
    case 'work': return html`<${Work} item=${item} live=${live} />`;
    case 'rested': return item.failed ? html`<p class="note-line trouble">${item.message}</p>` : null;
    default: return html`<p class=${cx('note-line', item.tone === 'trouble' && 'trouble')}>${item.text}</p>`;
  }
}

/** Who decided, where it was not simply the person here. */
function by(/** @type {string | null} */ who) {
  const names = { autopilot: 'by autopilot', director: 'by the director', signal: 'from outside', cli: 'from the command line' };
  return who ? names[/** @type {keyof typeof names} */ (who)] ?? '' : '';
}

/**
 * @param {{ item: Item & { kind: 'said' } }} props
 */
function Words({ item }) {
  if (item.done && !item.text.trim()) return null;
  const paragraphs = item.text.split(/\n{2,}/).filter((one) => one.trim());
  return html`
    <div class=${cx('words', !item.done && 'is-speaking')}>
      ${paragraphs.length ? paragraphs.map((one, index) => html`<p key=${index}>${one}</p>`) : html`<p></p>`}
    </div>`;
}

/**
 * @param {{ item: Item & { kind: 'said' } }} props
 */
function Thinking({ item }) {
  if (item.done && !item.text.trim()) return null;
  return html`
    <details class=${cx('thinking', !item.done && 'is-speaking')}>
      <summary>${item.done ? 'What the director thought' : 'The director is thinking'}</summary>
      <p>${item.text}</p>
    </details>`;
}

/**
 * @param {Item & { kind: 'tool' }} item
 */
function toolWords({ tool, summary }) {
  const id = tool.replaceAll('_', '-');
  const name = TOOLS[/** @type {keyof typeof TOOLS} */ (id)] ?? spoken(id);
  if (summary === null) return `${name}…`;
  if (summary === 'refused' || summary === 'interrupted') return `${name}: ${summary}`;
  // The house director sums up by names of presets and decisions. Claude's tools are the decisions, and those are told next.
  return summary === 'done' || !summary ? name : `${name}: ${summary.replaceAll(/([a-z])-(?=[a-z])/g, '$1 ')}`;
}

/**
 * A take and its scripts: one line when made, with every running part while it is not.
 * @param {{ item: Item & { kind: 'work' }, live: Live }} props
 */
function Work({ item, live }) {
  const { stage, take, runs } = item;
  const here = route.value;
  const all = Object.entries(runs);
  const done = all.filter(([, one]) => one).length;
  const title = `${product(stage)}, take ${take}`;
  const made = live.state?.takes.some((one) => one.stage === stage && one.number === take) ?? false;
  const count = all.length > 1 && done < all.length ? `${done} of ${all.length}` : '';
  const busy = done < all.length;
  return html`
    <section class=${cx('work', busy && 'is-running')}>
      <p>${made && here.name === 'shoot'
        ? html`<a href=${shootHref(here.id, stage, take)}>${title}</a>`
        : html`<span>${title}</span>`}<span class="work-count">${made ? '' : count}</span></p>
      ${busy && item.note && html`<p class="work-note">${item.note}</p>`}
      ${busy && html`<ul>${all.filter(([, one]) => !one).map(([name]) => html`<${Part} key=${name} live=${live} stage=${stage} name=${name} />`)}</ul>`}
    </section>`;
}

/**
 * @param {{ live: Live, stage: string, name: string }} props
 */
function Part({ live, stage, name }) {
  const progress = live.progress[`${stage}/${name}`];
  const share = progress?.total ? Math.min(1, progress.completed / progress.total) : 0;
  return html`
    <li style=${{ '--share': share }}>
      <span>${name.replaceAll('-', ' ')}</span>
      <span class="part-note">${progress?.message ?? ''}</span>
      <span class="part-share">${progress ? `${Math.round(share * 100)} %` : ''}</span>
    </li>`;
}
