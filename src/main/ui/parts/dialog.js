// One dialog at a time; the browser keeps the focus inside and gives it back. And the one that asks for the token of a user: it is kept in
// memory, and for this tab if the user likes; never in an address, a cookie or on a disk.

import { html, render } from '../lib/lit-html.js';
import { drawBy } from '../core/store.js';
import { askTabs, hasToken, refused, useToken } from '../net/api.js';
import { retryNow } from '../net/lines.js';
import { askCluster, self } from '../net/node.js';

let open = null;
let asking = false;
let declined = false;

/** Shows a dialog; body(close, redraw) makes its content, each time the page is drawn. Resolves with the value that it is closed with, null by Escape. */
export function ask(title, body) {
  open?.close();
  const element = document.createElement('dialog');
  element.setAttribute('aria-label', title);
  document.body.append(element);
  return new Promise((resolve) => {
    let result = null;
    const close = (value = null) => {
      result = value;
      element.close();
    };
    const redraw = () => render(html`<form method="dialog" @submit=${(event) => event.preventDefault()}><h2>${title}</h2>${body(close, redraw)}</form>`, element);
    redraw();
    const stop = drawBy(redraw);
    element.addEventListener('close', () => {
      open = open?.element === element ? null : open;
      stop();
      element.remove();
      resolve(result);
    });
    open = { element, close };
    element.showModal();
    element.querySelector('[autofocus]')?.focus();
  });
}

/** Finds a token when the node asks for one: that of another tab, or by the dialog, until the user has declined it. */
export async function askOnce() {
  if (declined || asking) {
    return;
  }
  asking = true;
  const shared = hasToken() ? '' : await askTabs();
  asking = false;
  shared ? use(shared, true) : askForToken();
}

export async function askForToken() {
  if (asking) {
    return;
  }
  asking = true;
  const why = refused.value?.detail ?? '';
  let shown = false;
  const given = await ask('Who are you?', (close, redraw) => html`
    ${why ? html`<p>${why}.</p>` : ''}
    <p>This node knows its users by tokens, as <code>hera token</code> makes them.</p>
    <label>Token <input name="token" type=${shown ? 'text' : 'password'} autocomplete="current-password" spellcheck="false" autofocus></label>
    <label><input type="checkbox" .checked=${shown} @change=${(event) => {
      shown = event.target.checked;
      redraw();
    }}> show it</label>
    <label><input type="checkbox" name="keep" checked> keep it for this tab and those that it opens; else for this page only</label>
    <p class="actions"><button type="button" @click=${() => close()}>Cancel</button>
    <button class="primary" @click=${(event) => close(fields(event))}>Use it</button></p>`);
  asking = false;
  if (given?.token) {
    use(given.token, given.keep);
  } else {
    declined = true;
    refused.value = null;
  }
}

function fields(event) {
  const form = event.target.closest('form');
  return { token: form.elements.token.value.trim(), keep: form.elements.keep.checked };
}

function use(token, keep) {
  useToken(token, keep);
  self.value = null;
  askCluster();
  retryNow();
  dispatchEvent(new Event('hera-user'));
}

export function signOut() {
  if (hasToken()) {
    use('', false);
  }
}
