/** The time in a film, as often as the screen is drawn while it plays. */

import { useEffect, useState } from '../core/dom.js';

/**
 * @param {{ current: HTMLVideoElement | null }} video
 * @param {number} expected  the length, in seconds, until the video says it itself
 * @returns {[number, number]} the place and the length, in seconds
 */
export function useClock(video, expected) {
  const [time, setTime] = useState(0);
  const [length, setLength] = useState(expected);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    let frame = 0;
    const read = () => {
      setTime(element.currentTime);
      if (Number.isFinite(element.duration)) setLength(element.duration);
    };
    const run = () => {
      read();
      frame = element.paused ? 0 : requestAnimationFrame(run);
    };
    const start = () => { if (!frame) run(); };
    element.addEventListener('play', start);
    element.addEventListener('seeked', read);
    element.addEventListener('loadedmetadata', read);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('play', start);
      element.removeEventListener('seeked', read);
      element.removeEventListener('loadedmetadata', read);
    };
  }, [video]);
  return [time, length];
}

/**
 * Seconds and hundredths, as an editor counts: “07.50”.
 * @param {number} time
 */
export const timecode = (time) => time.toFixed(2).padStart(5, '0');
