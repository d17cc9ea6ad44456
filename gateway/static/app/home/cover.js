/** One shoot in the list: its hero, its brief, and who waits for whom. */

import { cx, html } from '../core/dom.js';
import { Picture } from '../core/picture.js';
import { shootHref } from '../core/route.js';
import { ago, product, theProduct } from '../core/words.js';

/** @typedef {import('../wire/types.js').Summary} Summary */

/**
 * Where a shoot stands, in words.
 * @param {Summary} shoot
 */
export function standing(shoot) {
  const { stage, status } = shoot;
  if (status === 'paused') return `${product(stage)}: stopped, needs your word`;
  if (status === 'awaiting-input') return `${product(stage)}: waits for your word`;
  if (status === 'running') return `Making ${theProduct(stage)}`;
  return status === 'complete' ? 'Film finished' : 'Cancelled';
}

/**
 * @param {{ shoot: Summary, large: boolean }} props
 */
export function Cover({ shoot, large }) {
  const { waitsFor, thumbnail, title } = shoot;
  const picture = thumbnail?.split('?')[0];
  return html`
    <a class=${cx('cover', `is-${shoot.status}`)} href=${shootHref(shoot.id)}>
      <span class="cover-picture">
        ${picture
          ? html`<${Picture} url=${picture} width=${1896} height=${1264} alt="" small sizes=${large ? '(min-width: 60rem) 45vw, 95vw' : '(min-width: 60rem) 24vw, 48vw'} />`
          : html`<span class="cover-blank">${title}</span>`}
      </span>
      ${picture && html`<span class="cover-title">${title}</span>`}
      <span class="cover-line">
        <span class=${cx('dot', waitsFor === 'person' && 'is-calling', waitsFor === 'studio' && 'is-working')}></span>
        <span>${standing(shoot)}</span>
        <time datetime=${shoot.createdAt}>${ago(shoot.createdAt)}</time>
      </span>
    </a>`;
}
