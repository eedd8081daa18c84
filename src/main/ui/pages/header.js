// The head of every page: which node answers, how the connection is, where one can go; and the sentence on the cluster: whether the nodes
// agree, and all other faults.

import { html } from '../lib/lit-html.js';
import { paused, signal, waiting } from '../core/store.js';
import { span, utc, visible } from '../core/words.js';
import { route } from '../core/router.js';
import { connection } from '../net/lines.js';
import { hasToken, node, several } from '../net/api.js';
import { cluster, readOnly, self, verdict } from '../net/node.js';
import { find, help, pause } from './keys.js';

const LINKS = [
  ['#/', 'Services', ['overview', 'service', 'instance']],
  ['#/cluster', 'Cluster', ['cluster']],
  ['#/events', 'Events', ['events']],
  ['#/about', 'About', ['about']],
];
const STATES = {
  connecting: ['○', 'connecting'],
  live: ['●', 'live'],
  stale: ['◐', 'quiet'],
  lost: ['✕', 'cut off'],
  resting: ['○', 'resting'],
};
const THEMES = { '': ['◐', 'as the system'], light: ['○', 'light'], dark: ['●', 'dark'] };
const THEME_KEY = 'hera-theme';
const GLYPHS = { ok: '✓', warn: '▲', bad: '✕' };
const FINDINGS_MAX = 3;

const theme = signal(sessionStorage.getItem(THEME_KEY) ?? '');
document.documentElement.dataset.theme = theme.value;

export function header() {
  const page = route().page;
  const [glyph, word] = STATES[connection.value.state];
  return html`<header>
    <a class="skip" href="#main" @click=${skip}>To the content</a>
    ${names()}
    <span class="state ${connection.value.state}"><span aria-hidden="true">${glyph}</span> ${paused.value ? 'paused' : word}</span>
    ${several.value ? html`<span class="badge warn" title="A balancer in between: figures of one node may be those of another">several nodes answer</span>` : ''}
    ${readOnly ? html`<span class="badge">read-only</span>` : ''}
    <nav aria-label="Pages">${LINKS.map(([to, name, pages]) => html`<a href=${to} aria-current=${pages.includes(page) ? 'page' : 'false'}>${name}</a>`)}</nav>
    <div class="tools">
      <button type="button" class="quiet find" @click=${find} title="Find anything in the cluster (Ctrl K)"><span aria-hidden="true">⌕</span> <span class="wide">Find</span></button>
      ${user()}
      <button type="button" class="quiet" @click=${pause} aria-pressed=${paused.value} title="${paused.value ? 'Go on' : 'Pause'} (p)" aria-label=${paused.value ? 'Go on' : 'Pause'}>${paused.value ? '▶' : '❚❚'}${paused.value && waiting.count > 0 ? html` <span class="num">${waiting.count} waiting</span>` : ''}</button>
      <button type="button" class="quiet" @click=${turnTheme} title="Theme: ${THEMES[theme.value][1]}" aria-label="Theme: ${THEMES[theme.value][1]}">${THEMES[theme.value][0]}</button>
      <button type="button" class="quiet wide" @click=${() => (utc.value = !utc.value)} title="Moments in ${utc.value ? 'UTC' : 'local time'}">${utc.value ? 'UTC' : 'local'}</button>
      <button type="button" class="quiet" @click=${help} title="Keys (?)" aria-label="Keys">?</button>
    </div>
  </header>`;
}

/** The node that answers, and the way to the others: their addresses may not be reachable from here. */
function names() {
  const others = Object.entries(cluster.value?.nodes ?? {}).filter(([name, { address }]) => address && name !== node.value);
  const name = html`<b>hera</b> <bdi>${visible(node.value || '…')}</bdi>`;
  return others.length === 0
    ? html`<a class="node" href="#/" title="The node that answers">${name}</a>`
    : html`<details class="node"><summary title="The node that answers, and the others">${name}</summary>
      <div class="menu">${others.map(([other, { address }]) => html`<a href=${`${location.protocol}//${address}/_ui/${location.hash}`}><bdi>${visible(other)}</bdi> <span class="muted num">${address}</span></a>`)}</div></details>`;
}

/** Signing out and another token are always at hand, also for a user who may not see anything. */
function user() {
  const name = self.value?.identity;
  if (!hasToken()) {
    return name ? html`<button type="button" class="quiet" @click=${() => withDialogs((dialogs) => dialogs.askForToken())}>Sign in</button>` : '';
  }
  return html`<button type="button" class="quiet" @click=${() => withDialogs((dialogs) => dialogs.askForToken())} title="Use another token">${name ? visible(name) : 'token'}</button>
    <button type="button" class="quiet" @click=${() => withDialogs((dialogs) => dialogs.signOut())}>Sign out</button>`;
}

async function withDialogs(action) {
  action(await import('../parts/dialog.js'));
}

function turnTheme() {
  const order = Object.keys(THEMES);
  theme.value = order[(order.indexOf(theme.value) + 1) % order.length];
  sessionStorage.setItem(THEME_KEY, theme.value);
  document.documentElement.dataset.theme = theme.value;
}

/** A link would change the address, which is the route. */
function skip(event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

export function verdictLine(all) {
  const now = verdict.value;
  if (!now) {
    return html`<p class="verdict muted">Asking whether the nodes agree …</p>`;
  }
  const alarming = now.findings.filter((one) => one.level !== 'ok');
  const quiet = all ? now.findings.filter((one) => one.level === 'ok') : [];
  const main = now.kind === 'diverged' ? 'bad' : now.kind === 'behind' || now.kind === 'unknown' ? 'warn' : 'ok';
  const shown = all ? alarming.concat(quiet) : alarming.slice(0, FINDINGS_MAX);
  return html`<section class="verdict ${now.level}" aria-live="polite">
    <p><span class="glyph ${main}" aria-hidden="true">${GLYPHS[main]}</span> <strong>${now.text}</strong> <span class="muted">${extremes()}</span></p>
    ${shown.map((one) => html`<p class="finding"><span class="glyph ${one.level}" aria-hidden="true">${GLYPHS[one.level]}</span> ${one.text}</p>`)}
    ${alarming.length > shown.length ? html`<p class="finding"><a href="#/cluster">${alarming.length - shown.length} more</a></p>` : ''}
  </section>`;
}

/** How far any node is behind another one's own writes, and how far the clocks are apart: as the nodes themselves say. */
function extremes() {
  const statuses = Object.values(cluster.value?.nodes ?? {}).flatMap((node) => (node.status ? [node.status] : []));
  const peers = statuses.flatMap((status) => Object.values(status.peers).map((peer) => ({ node: status.node, ...peer })));
  const lags = peers.flatMap((peer) => (peer.lag_ms?.[peer.node] === undefined ? [] : [peer.lag_ms[peer.node]]));
  const skews = peers.flatMap((peer) => (peer.clock_skew_ms === undefined ? [] : [Math.abs(peer.clock_skew_ms)]));
  const parts = [
    lags.length > 0 ? `furthest behind ${span(Math.max(...lags))}` : '',
    skews.length > 0 ? `clocks within ${span(Math.max(...skews))}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
