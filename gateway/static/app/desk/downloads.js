/** What can be taken away: the film, every still, or everything in a zip. */

import { html } from '../core/dom.js';
import { Dialog } from '../core/controls.js';
import { Icon } from '../core/icons.js';
import { weight } from '../core/words.js';
import { exportUrl } from '../wire/api.js';
import { asDownload, scaled, takeUrl } from '../wire/media.js';
import { currentTake } from './looking.js';

/** @typedef {import('../wire/types.js').ShootState} ShootState */

/**
 * The files of the takes in use: one entry each.
 * @param {ShootState} state
 * @param {import('../core/words.js').Stage[]} stages
 */
function files(state, stages) {
  return stages.flatMap((stage) => {
    const take = currentTake(state, stage);
    return take ? take.artifacts.map((artifact) => ({ artifact, url: takeUrl(state.id, stage, take.number, artifact) })) : [];
  });
}

/** `frames/frame-3.png` → “Frame 3”. */
function title(/** @type {string} */ name) {
  const base = (name.split('/').at(-1) ?? name).replace(/\.\w+$/, '').replaceAll('-', ' ').replace(/^video/, 'clip');
  return base.charAt(0).toUpperCase() + base.slice(1);
}

/**
 * @param {{ state: ShootState, onClose: () => void }} props
 */
export function Downloads({ state, onClose }) {
  const film = files(state, ['complete'])[0];
  const stills = files(state, ['hero', 'contact-sheet', 'frames']);
  const clips = files(state, ['clips']);
  const saveAll = () => document.querySelectorAll('.still-links a').forEach((link) => /** @type {HTMLElement} */ (link).click());
  return html`
    <${Dialog} title="Downloads" onClose=${onClose} class="downloads">
      <ul class="download-main">
        ${film && html`<li><a class="button" href=${asDownload(film.url)} download><${Icon} name="download" />Film <small>${weight(film.artifact.size ?? 0)}</small></a></li>`}
        <li><a class="button plain" href=${exportUrl(state.id)} download><${Icon} name="download" />Everything <small>zip</small></a></li>
      </ul>
      ${stills.length > 0 && html`
        <section>
          <h3>Stills ${stills.length > 1 && html`<button type="button" class="quiet-button" onClick=${saveAll}>Save all ${stills.length}</button>`}</h3>
          <ul class="still-links">
            ${stills.map(({ artifact, url }) => html`
              <li key=${url}><a href=${asDownload(url)} download>
                <img src=${scaled(url, 160)} alt="" loading="lazy" /><span>${title(artifact.name)}</span>
              </a></li>`)}
          </ul>
        </section>`}
      ${clips.length > 0 && html`
        <section>
          <h3>Clips</h3>
          <ul class="clip-links">
            ${clips.map(({ artifact, url }) => html`<li key=${url}><a href=${asDownload(url)} download>${title(artifact.name)}</a></li>`)}
          </ul>
        </section>`}
    <//>`;
}
