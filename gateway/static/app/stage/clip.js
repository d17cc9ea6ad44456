/** One clip: a still until it is pointed at, focused or tapped. */

import { cx, html, useEffect, useRef, useState } from '../core/dom.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * @param {{ url: string, poster: string | null, label: string, playing: boolean, ratio: number }} props
 */
export function Clip({ url, poster, label, playing, ratio }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [asked, setAsked] = useState(false);
  const [pointed, setPointed] = useState(false);
  const plays = playing || asked || (pointed && !calm.matches);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    if (plays) {
      // The promise fails when a pause comes before the data: that is no fault.
      element.play().catch(() => {});
    } else {
      element.pause();
      if (element.currentTime) element.currentTime = 0;
    }
  }, [plays]);

  const point = (/** @type {boolean} */ on) => (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === 'mouse') setPointed(on);
  };
  return html`
    <button type="button" class=${cx('clip', plays && 'is-playing')} aria-pressed=${asked} aria-label=${`${label}: ${asked ? 'stop' : 'play'}`}
      style=${{ '--ratio': ratio }}
      onPointerEnter=${point(true)} onPointerLeave=${point(false)} onClick=${() => setAsked(!asked)}>
      <video ref=${video} src=${url} poster=${poster ?? undefined} muted loop playsinline preload="metadata" tabindex="-1" aria-hidden="true"></video>
    </button>`;
}
