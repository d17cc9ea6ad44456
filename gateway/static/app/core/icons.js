/** The page's icons: thin strokes on a 24-unit square, hidden from screen readers. */

import { html } from './dom.js';

const PATHS = {
  loupe: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20.5 20.5',
  compare: 'M12 3v18M4 6h5v12H4zM15 6h5v12h-5z',
  expand: 'M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  loop: 'M17 4l3 3-3 3M4 12V9.5A2.5 2.5 0 0 1 6.5 7H20M7 20l-3-3 3-3M20 12v2.5a2.5 2.5 0 0 1-2.5 2.5H4',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 11.5v1M12 11.5v1M19 11.5v1',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M7 10l5 5 5-5',
  left: 'M14 6l-6 6 6 6',
  right: 'M10 6l6 6-6 6',
  bell: 'M6.5 10a5.5 5.5 0 0 1 11 0c0 5 2 6 2 6h-15s2-1 2-6M10 19.5a2.2 2.2 0 0 0 4 0',
  film: 'M4 5h16v14H4zM4 9.5h16M4 14.5h16M8 5v4.5M8 14.5V19M16 5v4.5M16 14.5V19',
  star: 'M12 4.5l2.3 4.9 5.2.7-3.8 3.7 1 5.3-4.7-2.6-4.7 2.6 1-5.3L4.500 10.100l5.200-.7z',
  keys: 'M3.5 7h17v10h-17zM7 10.500h.01M10.500 10.500h.01M14 10.500h.01M17 10.500h.01M8 14h8',
};

/**
 * The same drawing as markup, for libraries that take that.
 * @param {keyof typeof PATHS} name
 * @param {string} className
 */
export const iconMarkup = (name, className) =>
  `<svg class="icon ${className}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${PATHS[name]}"></path></svg>`;

/**
 * @param {{ name: keyof typeof PATHS }} props
 */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}
