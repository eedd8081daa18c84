// A document, laid out or as it was sent. Only text: nothing in a document becomes markup, and the one link there is leads to http or https.

import { html } from '../lib/lit-html.js';
import { lines, members, plain } from '../core/json.js';
import { visible } from '../core/words.js';

const INDENT = '  ';

export function pretty(text) {
  return html`<pre class="document" tabindex="0" role="group" aria-label="Document">${lines(text).map((line) => html`${INDENT.repeat(line.indent)}${line.tokens.map(token)}${'\n'}`)}</pre>`;
}

function token({ text, kind }) {
  const space = text === ':' || (text === ',' && kind !== 'sign') ? ' ' : '';
  return html`<span class=${kind}>${visible(text)}</span>${space}`;
}

export function raw(text) {
  return html`<pre class="document" tabindex="0" role="group" aria-label="Document as it was sent">${text.split('\n').map(visible).join('\n')}</pre>`;
}

/** Returns where the instance may be looked at, by its url, or scheme, host and port; empty if it does not say so. */
function linkOf(text) {
  const found = members(text);
  const value = (name) => plain(found.get(name)) ?? '';
  const host = value('host');
  const from = value('url') || (host && `${value('scheme') || (value('port') === '443' ? 'https' : 'http')}://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}${value('port') ? `:${value('port')}` : ''}/`);
  try {
    const url = new URL(from);
    return ['http:', 'https:'].includes(url.protocol) && url.username === '' ? url.href : '';
  } catch {
    return '';
  }
}

/** Returns the link, as a small arrow; it tells the other side nothing about this page. */
export function arrow(text) {
  const url = linkOf(text);
  return url ? html`<a class="out" href=${url} target="_blank" rel="noopener noreferrer" title="Open ${url}" aria-label="Open ${url}">↗</a>` : '';
}
