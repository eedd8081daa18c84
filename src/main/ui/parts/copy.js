// Copies text, on plain http too, where browsers have no clipboard object: then from a field in the open dialog or the page.

import { html } from '../lib/lit-html.js';
import { address, hasToken } from '../net/api.js';
import { say } from './notice.js';

export async function copy(text, what) {
  const done = (await byClipboard(text)) || byField(text);
  say(done ? `Copied ${what}` : `Copying failed: mark the text and press Ctrl C`);
  return done;
}

async function byClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Outside of an open dialog, nothing can be marked. */
function byField(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'offscreen';
  const before = document.activeElement;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  before?.focus?.();
  return done;
}

export function copyButton(text, what, label = 'copy') {
  return html`<button class="quiet" type="button" title="Copy ${what}" @click=${() => copy(text(), what)}>${label}</button>`;
}

/** Returns the command that asks for the same with curl. */
export function curl(path, { method = 'GET', headers = [], body } = {}) {
  const options = [
    ...(method === 'GET' ? [] : ['-X', method]),
    ...headers.flatMap((header) => ['-H', quoted(header)]),
    ...(hasToken() ? ['-H', '"Authorization: Bearer $HERA_TOKEN"'] : []),
    ...(body === undefined ? [] : ['-d', quoted(body)]),
  ];
  return ['curl', ...options, quoted(address(path))].join(' ');
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export function curlButton(path, options) {
  return copyButton(() => curl(path, options), 'the command', 'curl');
}
