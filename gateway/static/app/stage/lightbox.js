/** Pictures over the whole page, to zoom and leaf through. */

import PhotoSwipe from '../../vendor/photoswipe/photoswipe.js';
import { iconMarkup } from '../core/icons.js';
import { scaled } from '../wire/media.js';

const drawn = (/** @type {'left' | 'right' | 'close' | 'loupe'} */ name) => iconMarkup(name, 'pswp__icn');

/**
 * Open the pictures at `index`. The focus goes back to where it was.
 * @param {{ url: string, width: number, height: number, alt: string }[]} pictures
 * @param {number} index
 */
export function openLightbox(pictures, index) {
  const opener = document.activeElement;
  const lightbox = new PhotoSwipe({
    index,
    dataSource: pictures.map(({ url, width, height, alt }) => ({ src: url, msrc: scaled(url, 640), width, height, alt })),
    bgOpacity: 1,
    padding: { top: 56, bottom: 32, left: 0, right: 0 },
    showHideAnimationType: 'none',
    wheelToZoom: true,
    counter: pictures.length > 1,
    arrowPrevSVG: drawn('left'), arrowNextSVG: drawn('right'), closeSVG: drawn('close'), zoomSVG: drawn('loupe'),
    closeTitle: 'Close', zoomTitle: 'Zoom', arrowPrevTitle: 'Previous', arrowNextTitle: 'Next',
    errorMsg: 'The picture cannot be loaded just now.',
  });
  lightbox.on('destroy', () => { if (opener instanceof HTMLElement) opener.focus(); });
  lightbox.init();
}
