/** The strip of reference photos, and the ways in: a button, a drop anywhere, a paste anywhere. */

import { cx, html, signal, useEffect, useRef } from '../core/dom.js';
import { IconButton } from '../core/controls.js';
import { Icon } from '../core/icons.js';
import { drop, makeFirst, photos, refusals, take } from './references.js';

const hovering = signal(false);

/** Take what is dropped or pasted anywhere on the page, while the brief is open. */
function useArrivals() {
  useEffect(() => {
    let depth = 0;
    const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (/** @type {DragEvent} */ event) => {
      if (!hasFiles(event)) return;
      depth += 1;
      hovering.value = true;
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (!depth) hovering.value = false;
    };
    const over = (/** @type {DragEvent} */ event) => { if (hasFiles(event)) event.preventDefault(); };
    const dropped = (/** @type {DragEvent} */ event) => {
      depth = 0;
      hovering.value = false;
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      take(event.dataTransfer.files);
    };
    const pasted = (/** @type {ClipboardEvent} */ event) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      take(files);
    };
    const bindings = /** @type {const} */ ([['dragenter', enter], ['dragleave', leave], ['dragover', over], ['drop', dropped], ['paste', pasted]]);
    for (const [type, act] of bindings) document.addEventListener(type, /** @type {EventListener} */ (act));
    return () => { for (const [type, act] of bindings) document.removeEventListener(type, /** @type {EventListener} */ (act)); };
  }, []);
}

/** The reference photos of the brief. */
export function Photos() {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useArrivals();
  const chosen = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.currentTarget);
    take(field.files ?? []);
    field.value = '';
  };
  return html`
    <section class="photos" aria-labelledby="photos-title">
      <h2 id="photos-title">References</h2>
      <p class="hint">The model first, then garments and accessories. Drop or paste them anywhere.</p>
      <ul class="photo-strip">
        ${photos.value.map((photo, index) => html`<${Tile} key=${photo.id} photo=${photo} first=${index === 0} />`)}
        <li class="photo-add">
          <button type="button" onClick=${() => input.current?.click()}>
            <${Icon} name="plus" /><span>Add photos</span>
          </button>
          <input ref=${input} type="file" accept="image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif,image/tiff,image/bmp" multiple
            tabindex="-1" class="hidden-words" aria-label="Reference photos" onChange=${chosen} />
        </li>
      </ul>
      <div role="status">${refusals.value.map((one) => html`<p key=${one} class="trouble">${one}</p>`)}</div>
    </section>`;
}

/** What lies over the whole page while files are held above it. */
export function DropVeil() {
  return hovering.value && html`<div class="drop-veil" aria-hidden="true"><p>Let go to add them</p></div>`;
}

/**
 * @param {{ photo: import('./references.js').Photo, first: boolean }} props
 */
function Tile({ photo, first }) {
  const { id, name, preview, path, problem } = photo;
  return html`
    <li class=${cx('photo', !path && !problem && 'is-arriving', problem && 'is-refused')}>
      <img src=${preview} alt=${name} draggable=${false} />
      <${IconButton} icon="close" label=${`Remove ${name}`} class="photo-remove" onClick=${() => drop(id)} />
      ${first && !problem && html`<span class="photo-role">Model</span>`}
      ${!first && path && html`
        <button type="button" class="photo-role is-offer" onClick=${() => makeFirst(id)} aria-label=${`Make ${name} the model`}>Make model</button>`}
      ${problem && html`<p class="trouble" role="alert">${problem}</p>`}
    </li>`;
}
