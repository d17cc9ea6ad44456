/** One still, as large as it goes; a click opens it in full. */

import { html } from '../core/dom.js';
import { Picture } from '../core/picture.js';
import { product } from '../core/words.js';
import { takeUrl } from '../wire/media.js';
import { openLightbox } from './lightbox.js';

/**
 * @param {{ id: string, take: import('../wire/types.js').Take }} props
 */
export function Still({ id, take }) {
  const artifact = take.artifacts[0];
  const url = takeUrl(id, take.stage, take.number, artifact);
  const alt = `${product(take.stage)}, take ${take.number}`;
  const { width, height } = artifact;
  return html`
    <figure class="fit still" style=${{ '--ratio': width / height }}>
      <button type="button" class="still-open" aria-label=${`${alt}: open in full`}
        onClick=${() => openLightbox([{ url, width, height, alt }], 0)}>
        <${Picture} url=${url} width=${width} height=${height} alt=${alt} eager sizes="(min-width: 68rem) 65vw, 100vw" />
      </button>
    </figure>`;
}
