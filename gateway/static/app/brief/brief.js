/** A new shoot: the brief in words, the photos, the set-up, the film, who renders, and what it costs. */

import { cx, html, signal, useEffect, useRef } from '../core/dom.js';
import { Choice, Switch } from '../core/controls.js';
import { Masthead } from '../core/masthead.js';
import { entitle } from '../core/attention.js';
import { kept } from '../core/kept.js';
import { go, shootHref } from '../core/route.js';
import { counted, money, provider as nameOf, seconds } from '../core/words.js';
import { newKey, startShoot } from '../wire/api.js';
import { options } from '../wire/options.js';
import { wholeShoot } from '../desk/choices.js';
import { EasingChoice } from '../bar/easing.js';
import { RatioChoice } from '../bar/ratio.js';
import { clear, photos } from './references.js';
import { DropVeil, Photos } from './photos.js';
import { Swatches } from './swatches.js';

const FRESH = {
  prompt: '', provider: '', autopilot: false, loop: false, pace: 1, easing: '', ratio: 'original',
  pose: /** @type {string | null} */ (null), background: /** @type {string | null} */ (null), budget: '', key: '',
};

/** Who renders, as options of a shoot. */
const RENDERERS = {
  proof: { provider: 'proof' },
  live: { provider: 'live' },
  mixed: { provider: 'proof', images: 'live' },
};

const draft = kept('brief', FRESH);
const starting = signal(false);
const trouble = signal('');

const set = (/** @type {Partial<typeof FRESH>} */ change) => {
  draft.value = { ...draft.value, ...change };
};

/**
 * Who is to render: what was chosen, else live where this studio can.
 * @returns {keyof typeof RENDERERS}
 */
function renderer() {
  const live = options.value?.providers.live ?? false;
  const chosen = /** @type {keyof typeof RENDERERS | ''} */ (draft.value.provider);
  return chosen && (live || chosen === 'proof') ? chosen : live ? 'live' : 'proof';
}

/** Begin the shoot. The key is kept until it has begun, so that a second click is the same shoot. */
async function start() {
  const { prompt, autopilot, loop, pace, easing, ratio, pose, background, budget } = draft.value;
  if (!prompt.trim() || starting.value) return;
  starting.value = true;
  trouble.value = '';
  const key = draft.value.key || newKey();
  set({ key });
  const chosen = {
    ...RENDERERS[renderer()], autopilot, ...(Number(budget) > 0 && renderer() !== 'proof' && { budget: Number(budget) }),
    ...(pose && { pose }), ...(background && { background }), ...(easing && { easing }),
    ...(loop && { loop }), ...(pace !== 1 && { pace }), ...(ratio !== 'original' && { aspectRatio: ratio }),
  };
  const references = photos.value.flatMap((one) => (one.path ? [one.path] : []));
  try {
    const shoot = await startShoot({ prompt: prompt.trim(), references, options: chosen }, key);
    draft.value = FRESH;
    clear();
    go(shootHref(shoot.id));
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
    set({ key: '' });
  } finally {
    starting.value = false;
  }
}

/** The page at `/new`. */
export function NewShoot() {
  const words = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => {
    entitle('New shoot');
    words.current?.focus();
  }, []);
  const offer = options.value;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    start();
  };
  const quick = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) start();
  };

  return html`
    <div class="page">
      <${Masthead} />
      <form class="brief" onSubmit=${submit} onKeyDown=${quick}>
        <main class="brief-words">
          <label for="prompt"><h1>What shall we shoot?</h1></label>
          <textarea id="prompt" ref=${words} rows="3" required maxlength=${offer?.limits.words ?? 4000}
            placeholder="Edgy editorial in an industrial mood, hard light. The denim jacket carries it."
            value=${draft.value.prompt}
            onInput=${(/** @type {Event} */ event) => set({ prompt: /** @type {HTMLTextAreaElement} */ (event.currentTarget).value })}></textarea>
          <${Photos} />
        </main>
        ${offer && html`<${SetUp} offer=${offer} />`}
        <${StartBar} />
      </form>
      <${DropVeil} />
    </div>`;
}

/**
 * @param {{ offer: import('../wire/types.js').Options }} props
 */
function SetUp({ offer }) {
  const { pose, background, ratio, pace, loop, easing, autopilot } = draft.value;
  const length = ((loop ? 6 : 5) * offer.pace.secondsPerClip) / pace;
  return html`
    <aside class="brief-setup" aria-label="Set-up">
      <${Swatches} kind="backgrounds" legend="Background" presets=${offer.backgrounds} value=${background}
        onChange=${(/** @type {string | null} */ value) => set({ background: value })} />
      <${Swatches} kind="poses" legend="Pose" presets=${offer.poses} value=${pose}
        onChange=${(/** @type {string | null} */ value) => set({ pose: value })} />
      <section class="brief-film" aria-label="The film">
        <h2>The film <span>${seconds(length)}</span></h2>
        <${RatioChoice} ratios=${offer.aspectRatios} value=${ratio} onChange=${(/** @type {string} */ value) => set({ ratio: value })} />
        <div class="film-row">
          <label class="range-field">
            <span>Pace</span>
            <input type="range" min=${offer.pace.min} max=${offer.pace.max} step="0.05" value=${pace}
              onInput=${(/** @type {Event} */ event) => set({ pace: Number(/** @type {HTMLInputElement} */ (event.currentTarget).value) })} />
            <output>${pace}×</output>
          </label>
          <${EasingChoice} easings=${offer.easings} value=${easing || offer.defaults.easing}
            onChange=${(/** @type {string} */ value) => set({ easing: value })} />
        </div>
        <${Switch} checked=${loop} onChange=${(/** @type {boolean} */ on) => set({ loop: on })}>
          Loop <small>a sixth clip leads back to the first frame</small><//>
        <${Switch} checked=${autopilot} onChange=${(/** @type {boolean} */ on) => set({ autopilot: on })}>
          Autopilot <small>approve every stage without asking</small><//>
      </section>
      <${Renderers} offer=${offer} />
    </aside>`;
}

/**
 * Who renders, with what a whole shoot costs by each.
 * @param {{ offer: import('../wire/types.js').Options }} props
 */
function Renderers({ offer }) {
  const { loop, budget } = draft.value;
  const { live, images, clips } = offer.providers;
  const sum = (/** @type {boolean} */ withClips) => {
    const dollars = wholeShoot(offer, { images: true, clips: withClips, loop });
    return dollars === null ? 'Price unknown' : `About ${money(dollars)}`;
  };
  const none = 'Needs the providers’ keys, which this studio does not have.';
  return html`
    <section class="renderers">
      <${Choice} name="provider" legend="Who renders" class="is-cards" value=${renderer()}
        onChange=${(/** @type {string} */ value) => set({ provider: value })}
        choices=${[
          { value: 'proof', label: html`<b>Proof</b><small>On this machine, in seconds. Free, and marked as a proof.</small>` },
          { value: 'live', disabled: !live, label: html`<b>Live</b><small>${live ? `${sum(true)}. Pictures by ${nameOf(images)}, clips by ${nameOf(clips)}.` : none}</small>` },
          ...(live ? [{ value: 'mixed', label: html`<b>Live pictures</b><small>${sum(false)}. The clips as proofs.</small>` }] : []),
        ]} />
      ${renderer() !== 'proof' && html`
        <label class="budget">Stop and ask before spending more than $
          <input type="number" min="0" step="any" inputmode="decimal" value=${budget}
            onInput=${(/** @type {Event} */ event) => set({ budget: /** @type {HTMLInputElement} */ (event.currentTarget).value })} />
        </label>`}
    </section>`;
}

function StartBar() {
  const offer = options.value;
  const { prompt, loop } = draft.value;
  const arriving = photos.value.filter((one) => !one.path && !one.problem).length;
  const plan = { images: renderer() !== 'proof', clips: renderer() === 'live', loop };
  const dollars = offer ? wholeShoot(offer, plan) : 0;
  const cost = dollars === null ? 'Paid for, at a price that is not known here' : dollars ? `About ${money(dollars)} for the whole shoot` : 'Free: a proof';
  return html`
    <footer class="start-bar">
      <p role="status" class=${cx(trouble.value && 'trouble')}>
        ${trouble.value || (arriving ? `Taking in ${counted(arriving, 'photo')}…` : cost)}
      </p>
      <button type="submit" class="button" disabled=${!prompt.trim() || arriving > 0 || starting.value}>
        ${starting.value ? 'Starting…' : 'Start the shoot'}
      </button>
    </footer>`;
}
