/** A picture that is fetched at the size it is shown, and appears when it is whole. */

import { cx, html, useLayoutEffect, useRef } from './dom.js';
import { sources } from '../wire/media.js';

/**
 * `sizes` is the `img` attribute; `width` and `height` are the original's, in pixels. A `small`
 * picture never fetches the original.
 * @param {{ url: string, width: number, height: number, alt: string, sizes?: string, class?: string,
 *   eager?: boolean, small?: boolean }} props
 */
export function Picture({ url, width, height, alt, sizes = '100vw', class: extra, eager, small }) {
  const element = useRef(/** @type {HTMLImageElement | null} */ (null));
  useLayoutEffect(() => {
    const image = element.current;
    if (!image) return;
    image.classList.toggle('is-here', image.complete);
  }, [url]);
  const here = (/** @type {Event} */ event) => /** @type {HTMLElement} */ (event.currentTarget).classList.add('is-here');
  const { src, srcset } = sources(url, width, small);
  return html`
    <img key=${url} ref=${element} class=${cx('picture', extra)} src=${src} srcset=${srcset} sizes=${sizes}
      width=${width} height=${height} alt=${alt} decoding="async" draggable=${false}
      loading=${eager ? 'eager' : 'lazy'} onLoad=${here} onError=${here} />`;
}
