/** Small controls that several places share: buttons with icons, switches, panels, dialogs. */

import { cx, html, useEffect, useRef, useState } from './dom.js';
import { Icon } from './icons.js';

/**
 * A square button that is all icon; `label` is its name and tip.
 * @param {{ icon: string, label: string, onClick?: () => void, pressed?: boolean, keys?: string,
 *   class?: string, disabled?: boolean }} props
 */
export function IconButton({ icon, label, onClick, pressed, keys, class: name, disabled }) {
  return html`
    <button type="button" class=${cx('icon-button', name)} onClick=${onClick} disabled=${disabled}
      aria-label=${label} aria-pressed=${pressed} aria-keyshortcuts=${keys}
      title=${keys ? `${label} (${keys})` : label}>
      <${Icon} name=${icon} />
    </button>`;
}

/**
 * A switch with its words beside it.
 * @param {{ checked: boolean, onChange: (on: boolean) => void, children: unknown }} props
 */
export function Switch({ checked, onChange, children }) {
  return html`
    <label class="switch">
      <input type="checkbox" role="switch" checked=${checked}
        onChange=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.currentTarget).checked)} />
      <span class="switch-words">${children}</span>
    </label>`;
}

/**
 * One of several, as a row of words.
 * @param {{ name: string, legend: string, value: string,
 *   choices: { value: string, label: unknown, disabled?: boolean }[],
 *   onChange: (value: string) => void, class?: string }} props
 */
export function Choice({ name, legend, value, choices, onChange, class: extra }) {
  return html`
    <fieldset class=${cx('choice', extra)}>
      <legend>${legend}</legend>
      <div class="choice-row">
        ${choices.map((one) => html`
          <label key=${one.value}>
            <input type="radio" name=${name} value=${one.value} checked=${one.value === value}
              disabled=${one.disabled} onChange=${() => onChange(one.value)} />
            <span>${one.label}</span>
          </label>`)}
      </div>
    </fieldset>`;
}

/**
 * A button that opens a small panel beside it. Escape and a click elsewhere close it. `name` is the
 * panel's; it is the button's too where `label` is a mere icon.
 * @param {{ label: unknown, name: string, icon?: boolean, class?: string, panelClass?: string,
 *   children: (close: () => void) => unknown }} props
 */
export function Popover({ label, name, icon, class: extra, panelClass, children }) {
  const [open, setOpen] = useState(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };

  useEffect(() => {
    if (!open) return undefined;
    const outside = (/** @type {Event} */ event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const escape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape, true);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape, true);
    };
  }, [open]);

  return html`
    <div class="popover" ref=${root}>
      <button type="button" class=${extra ?? 'chip'} aria-expanded=${open}
        aria-label=${icon ? name : undefined} title=${icon ? name : undefined} onClick=${() => setOpen(!open)}>${label}</button>
      ${open && html`<div class=${cx('panel', panelClass)} role="group" aria-label=${name}>${children(close)}</div>`}
    </div>`;
}

/**
 * A dialog over the page, with the browser's own focus keeping.
 * @param {{ title: string, onClose: () => void, children: unknown, class?: string }} props
 */
export function Dialog({ title, onClose, children, class: extra }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const outside = (/** @type {MouseEvent} */ event) => { if (event.target === element.current) onClose(); };
  return html`
    <dialog class=${cx('dialog', extra)} ref=${element} aria-label=${title} onClick=${outside}
      onCancel=${(/** @type {Event} */ event) => { event.preventDefault(); onClose(); }}>
      <div class="dialog-body">
        <header><h2>${title}</h2><${IconButton} icon="close" label="Close" onClick=${onClose} /></header>
        ${children}
      </div>
    </dialog>`;
}
