/** The contact sheet, with a loupe to lay on it. */

import { cx, html, signal, useRef, useState } from '../core/dom.js';
import { IconButton } from '../core/controls.js';
import { useKeys } from '../core/keys.js';
import { Picture } from '../core/picture.js';
import { takeUrl } from '../wire/media.js';
import { openLightbox } from './lightbox.js';

/** Where the loupe's middle is, as shares of the sheet's width and height; null where it is not laid on. */
/** @typedef {{ x: number, y: number } | null} Spot */

const COLUMNS = 3;
const ROWS = 2;
const LEAST = 1.8;
const MOST = 2.6;

/** Whether the loupe is in the hand; kept from sheet to sheet. */
const inHand = signal(matchMedia('(hover: hover)').matches);

/** The middle of shot `number`, 1 to 6. */
const middle = (/** @type {number} */ number) => ({
  x: (((number - 1) % COLUMNS) + 0.5) / COLUMNS,
  y: (Math.floor((number - 1) / COLUMNS) + 0.5) / ROWS,
});

/**
 * @param {{ id: string, take: import('../wire/types.js').Take }} props
 */
export function Sheet({ id, take }) {
  const [spot, setSpot] = useState(/** @type {Spot} */ (null));
  const sheet = useRef(/** @type {HTMLElement | null} */ (null));
  const artifact = take.artifacts[0];
  const { width, height } = artifact;
  const url = takeUrl(id, take.stage, take.number, artifact);
  const alt = `Contact sheet, take ${take.number}: six shots`;
  const toggle = () => {
    inHand.value = !inHand.value;
    setSpot(null);
  };
  const look = (/** @type {number} */ number) => {
    inHand.value = true;
    setSpot(middle(number));
  };
  const shots = [1, 2, 3, 4, 5, 6];
  useKeys({
    l: toggle,
    Escape: () => setSpot(null),
    ...Object.fromEntries(shots.map((number) => [String(number), () => look(number)])),
  });

  const follow = (/** @type {PointerEvent} */ event) => {
    if (!inHand.value || !sheet.current) return;
    if (event.pointerType !== 'mouse' && event.type === 'pointerdown') sheet.current.setPointerCapture(event.pointerId);
    const box = sheet.current.getBoundingClientRect();
    setSpot({ x: clamped((event.clientX - box.left) / box.width), y: clamped((event.clientY - box.top) / box.height) });
  };
  const open = () => openLightbox([{ url, width, height, alt }], 0);

  return html`
    <figure class="framed" style=${{ '--ratio': width / height }}>
      <div class="fit"><div ref=${sheet} class=${cx('sheet-paper', inHand.value && 'has-loupe')}
        onPointerMove=${follow} onPointerDown=${follow} onPointerLeave=${() => setSpot(null)}
        onDblClick=${open}>
        <${Picture} url=${url} width=${width} height=${height} alt=${alt} eager sizes="(min-width: 68rem) 65vw, 100vw" />
        ${inHand.value && spot && html`<${Loupe} url=${url} spot=${spot} box=${sheet.current?.getBoundingClientRect()} width=${width} />`}
      </div></div>
      <figcaption class="sheet-tools">
        <${IconButton} icon="loupe" label="Loupe" keys="L" pressed=${inHand.value} onClick=${toggle} />
        <div class="shot-buttons" role="group" aria-label="Look closely at a shot">
          ${shots.map((number) => html`
            <button key=${number} type="button" class="number-button" aria-label=${`Shot ${number} through the loupe`} onClick=${() => look(number)}>${number}</button>`)}
        </div>
        <${IconButton} icon="expand" label="Open in full" onClick=${open} />
      </figcaption>
    </figure>`;
}

const clamped = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));

/**
 * @param {{ url: string, spot: { x: number, y: number }, box: DOMRect | undefined, width: number }} props
 */
function Loupe({ url, spot, box, width }) {
  if (!box) return null;
  // One of the picture's pixels to one of the screen's, as far as that is an enlargement at all.
  const scale = Math.min(MOST, Math.max(LEAST, width / (box.width * devicePixelRatio)));
  const style = {
    left: `${spot.x * 100}%`,
    top: `${spot.y * 100}%`,
    backgroundImage: `url("${url}")`,
    backgroundSize: `${box.width * scale}px ${box.height * scale}px`,
    backgroundPosition: `calc(var(--loupe) / 2 - ${spot.x * box.width * scale}px) calc(var(--loupe) / 2 - ${spot.y * box.height * scale}px)`,
  };
  return html`<div class="loupe" style=${style} aria-hidden="true"></div>`;
}
