/** The settings that fit the stage looked at: its set-up, its ratio, the film's edit. */

import { html } from '../core/dom.js';
import { Popover, Switch } from '../core/controls.js';
import { Icon } from '../core/icons.js';
import { seconds, spoken } from '../core/words.js';
import { Swatches } from '../brief/swatches.js';
import { options } from '../wire/options.js';
import { filmSeconds } from '../desk/choices.js';
import { EasingChoice } from './easing.js';
import { differing } from './proposal.js';
import { RatioButtons } from './ratio.js';

/**
 * @typedef {{ desk: import('../desk/desk.js').Desk, state: import('../wire/types.js').ShootState,
 *   looking: import('../desk/looking.js').View, draft: import('./draft.js').Draft, can: Set<string> }} SettingsProps
 */

/**
 * @param {SettingsProps} props
 */
export function Settings(props) {
  const { stage } = props.looking;
  const { can } = props;
  const offer = options.value;
  if (!offer) return null;
  if ((stage === 'hero' || stage === 'contact-sheet') && can.has('revise')) return html`<${SetUp} ...${props} offer=${offer} />`;
  if (stage === 'frames' && can.has('resize')) return html`<${Ratio} ...${props} />`;
  if ((stage === 'clips' || stage === 'complete') && can.has('edit')) return html`<${Cut} ...${props} offer=${offer} />`;
  return null;
}

/**
 * @param {SettingsProps & { offer: import('../wire/types.js').Options }} props
 */
function SetUp({ state, looking, draft, offer }) {
  const recipe = looking.take?.recipe;
  const hero = state.takes.find((one) => one.stage === 'hero' && one.number === state.current.hero)?.recipe;
  const now = {
    pose: recipe?.pose ?? hero?.pose ?? state.direction?.pose ?? '',
    background: recipe?.background ?? hero?.background ?? state.direction?.background ?? '',
  };
  const choose = (/** @type {'pose' | 'background'} */ name) => (/** @type {string | null} */ value) => {
    draft.setUp.value = { ...draft.setUp.value, [name]: value === now[name] ? null : value };
  };
  const row = /** @type {const} */ ([
    ['background', 'backgrounds', 'Background', offer.backgrounds], ['pose', 'poses', 'Pose', offer.poses],
  ]);
  return html`
    <div class="settings is-set-up">
      ${row.map(([name, kind, legend, presets]) => {
        const value = draft.setUp.value[name] ?? now[name];
        return html`
          <${Popover} key=${name} name=${legend} panelClass="is-swatches"
            class=${draft.setUp.value[name] ? 'chip is-changed' : 'chip'}
            label=${html`<span class="chip-key">${legend}</span> ${value ? spoken(value) : 'Choose'}<${Icon} name="chevron" />`}>
            ${() => html`<${Swatches} kind=${kind} legend=${legend} presets=${presets} value=${value} none=${false} onChange=${choose(name)} />`}
          <//>`;
      })}
    </div>`;
}

/**
 * @param {SettingsProps} props
 */
function Ratio({ desk, state }) {
  const ratios = state.checkpoint?.options.aspectRatios.length ? state.checkpoint.options.aspectRatios : options.value?.aspectRatios ?? [];
  return html`
    <div class="settings">
      <${RatioButtons} ratios=${ratios} value=${state.aspectRatio} disabled=${desk.deciding.value !== ''}
        onResize=${(/** @type {string} */ ratio) => desk.decide({ type: 'resize', aspectRatio: ratio })} />
    </div>`;
}

/**
 * @param {SettingsProps & { offer: import('../wire/types.js').Options }} props
 */
function Cut({ desk, state, draft, offer }) {
  const edit = { ...state.edit, ...draft.edit.value };
  const set = (/** @type {Partial<import('../wire/types.js').Edit>} */ change) => {
    draft.edit.value = { ...draft.edit.value, ...change };
  };
  const length = filmSeconds(edit, offer.pace.secondsPerClip);
  const changed = differing(state.edit, draft.edit.value);
  const again = !state.checkpoint && state.status === 'complete' && changed;
  return html`
    <div class="settings">
      <label class="range-field">
        <span>Pace</span>
        <input type="range" min=${offer.pace.min} max=${offer.pace.max} step="0.05" value=${edit.pace}
          onInput=${(/** @type {Event} */ event) => set({ pace: Number(/** @type {HTMLInputElement} */ (event.currentTarget).value) })} />
        <output>${edit.pace}×</output>
      </label>
      <${EasingChoice} easings=${offer.easings} value=${edit.easing} onChange=${(/** @type {string} */ easing) => set({ easing })} />
      <${Switch} checked=${edit.loop} onChange=${(/** @type {boolean} */ loop) => set({ loop })}>Loop<//>
      <p class="settings-note">${edit.loop ? 6 : 5} clips, ${seconds(length)}</p>
      ${again && html`<button type="button" class="button plain" data-decision="edit" disabled=${desk.deciding.value !== ''}
        onClick=${() => desk.decide({ type: 'edit', ...changed })}>Cut it again</button>`}
    </div>`;
}
