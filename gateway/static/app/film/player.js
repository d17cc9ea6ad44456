/** The film, in a player of its own: it loops, shows where the cuts are, and obeys the keyboard. */

import { html, useEffect, useRef, useState } from '../core/dom.js';
import { IconButton } from '../core/controls.js';
import { Icon } from '../core/icons.js';
import { useKeys } from '../core/keys.js';
import { seconds } from '../core/words.js';
import { asDownload, takeUrl } from '../wire/media.js';
import { timecode, useClock } from './clock.js';

const FRAME_SECONDS = 1 / 60;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * @param {{ id: string, take: import('../wire/types.js').Take }} props
 */
export function Film({ id, take }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [playing, setPlaying] = useState(false);
  const [loops, setLoops] = useState(true);
  const artifact = take.artifacts[0];
  const url = takeUrl(id, 'complete', take.number, artifact);
  const [time, length] = useClock(video, artifact.duration ?? 0);

  useEffect(() => { if (!calm.matches) video.current?.play().catch(() => {}); }, [url]);
  const toggle = () => {
    const element = video.current;
    if (!element) return;
    if (element.paused) element.play().catch(() => {});
    else element.pause();
  };
  const seek = (/** @type {number} */ to) => {
    if (video.current) video.current.currentTime = Math.min(length, Math.max(0, to));
  };
  const step = (/** @type {number} */ by) => {
    video.current?.pause();
    seek((video.current?.currentTime ?? 0) + by * FRAME_SECONDS);
  };
  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else video.current?.parentElement?.requestFullscreen().catch(() => {});
  };
  useKeys({ ' ': toggle, ',': () => step(-1), '.': () => step(1), f: full });

  return html`
    <figure class="framed film" style=${{ '--ratio': artifact.width / artifact.height }}>
      <div class="fit"><div class="film-screen">
        <video ref=${video} src=${url} muted loop=${loops} playsinline preload="auto" tabindex="-1"
          aria-label=${`The film, take ${take.number}`}
          onClick=${toggle} onPlay=${() => setPlaying(true)} onPause=${() => setPlaying(false)}></video>
      </div></div>
      <figcaption class="film-bar">
        <${IconButton} icon=${playing ? 'pause' : 'play'} label=${playing ? 'Pause' : 'Play'} keys="Space" onClick=${toggle} />
        <${Scrubber} time=${time} length=${length} cuts=${cuts(take, length)} onSeek=${seek} />
        <output class="timecode" aria-hidden="true">${timecode(time)}<span>${timecode(length)}</span></output>
        <${IconButton} icon="loop" label="Loop" pressed=${loops} onClick=${() => setLoops(!loops)} />
        <${IconButton} icon="expand" label="Full screen" keys="F" onClick=${full} />
        <a class="icon-button" href=${asDownload(url)} download aria-label="Download the film" title="Download the film"><${Icon} name="download" /></a>
      </figcaption>
    </figure>`;
}

/**
 * Where the cuts fall, as shares of the film's length.
 * @param {import('../wire/types.js').Take} take
 * @param {number} length
 */
function cuts(take, length) {
  const { edit } = take.recipe;
  if (!edit || !length) return [];
  const clips = edit.loop ? 6 : 5;
  return Array.from({ length: clips - 1 }, (_, index) => (index + 1) / clips);
}

/**
 * @param {{ time: number, length: number, cuts: number[], onSeek: (to: number) => void }} props
 */
function Scrubber({ time, length, cuts: marks, onSeek }) {
  const share = length ? time / length : 0;
  return html`
    <div class="scrubber" style=${{ '--share': share }}>
      ${marks.map((at) => html`<span key=${at} class="cut" style=${{ '--at': at }} aria-hidden="true"></span>`)}
      <input type="range" min="0" max=${length || 1} step="0.01" value=${time} aria-label="Place in the film"
        aria-valuetext=${`${seconds(time)} of ${seconds(length)}`}
        onInput=${(/** @type {Event} */ event) => onSeek(Number(/** @type {HTMLInputElement} */ (event.currentTarget).value))} />
    </div>`;
}
