// Keys. Some act on every page, and a page binds its own while it is shown. Single letters can be switched off (WCAG 2.1.4), and never act
// while one types.

import { html } from '../lib/lit-html.js';
import { paused, signal, waiting } from '../core/store.js';
import { go, route } from '../core/router.js';
import { serviceLink } from '../core/words.js';

const SEQUENCE_MILLIS = 1500;
const NAMES = [
  ['/', 'filter the list'],
  ['Ctrl K', 'find anything in the cluster'],
  ['g s, g c, g e, g a', 'services, cluster, events, about'],
  ['↑ ↓ j k Home End', 'move in a list'],
  ['Enter', 'open the row'],
  ['u', 'one level up'],
  ['x', 'select the row'],
  ['c', 'copy'],
  ['r', 'document as it was sent'],
  ['d', 'deregister …'],
  ['p', 'pause: nothing moves'],
  ['?', 'this list'],
  ['Escape', 'close, then clear the filter'],
];

const always = {
  '/': focusFilter,
  'Ctrl k': find,
  'g s': () => go('#/'),
  'g c': () => go('#/cluster'),
  'g e': () => go('#/events'),
  'g a': () => go('#/about'),
  u: up,
  Backspace: up,
  p: pause,
  '?': help,
  Escape: leaveField,
};
const lettersOn = signal(true);
let ofPage = {};
let prefix = null;

/** Binds the keys of the page that is shown, and forgets those of the last one: key → action. */
export function bindPage(bindings) {
  ofPage = bindings;
}

function isTyping(target) {
  return target instanceof Element && target.matches('input, textarea, select');
}

function actionOf(name) {
  const whole = prefix && performance.now() - prefix < SEQUENCE_MILLIS ? `g ${name}` : name;
  prefix = whole === 'g' ? performance.now() : null;
  return ofPage[whole] ?? always[whole];
}

addEventListener('keydown', (event) => {
  const withCtrl = event.ctrlKey || event.metaKey;
  const name = withCtrl ? `Ctrl ${event.key.toLowerCase()}` : event.key;
  const isOff = name.length === 1 && !lettersOn.value;
  const isText = isTyping(event.target) && !withCtrl && name !== 'Escape';
  if (event.altKey || event.defaultPrevented || isOff || isText || document.querySelector('dialog[open]')) {
    return;
  }
  const action = actionOf(name);
  if (action && action(event) !== false) {
    event.preventDefault();
  }
});

function focusFilter() {
  const field = document.querySelector('input[type=search]');
  field?.focus();
  return field !== null;
}

/** Leaves the filter; a second time clears it. */
function leaveField() {
  const field = document.querySelector('input[type=search]');
  if (field && document.activeElement === field && field.value) {
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  } else {
    document.activeElement?.blur();
  }
}

function up() {
  const { page, names } = route();
  go(page === 'instance' ? serviceLink(names[0]) : '#/');
}

/** Freezes the view, or shows all that came meanwhile. */
export function pause() {
  waiting.count = 0;
  paused.value = !paused.value;
}

export function find() {
  import('./find.js').then((module) => module.find());
}

export async function help() {
  const { ask } = await import('../parts/dialog.js');
  ask('Keys', (close) => html`
    <table class="keys">${NAMES.map(([key, what]) => html`<tr><td><kbd>${key}</kbd></td><td>${what}</td></tr>`)}</table>
    <label><input type="checkbox" .checked=${lettersOn.value} @change=${(event) => (lettersOn.value = event.target.checked)}> single letters act as keys</label>
    <p class="actions"><button type="button" autofocus @click=${() => close()}>Close</button></p>`);
}
