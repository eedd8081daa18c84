// What this node is: version, how full it is, what it refuses, and where else its figures are.

import { html } from '../lib/lit-html.js';
import { changed } from '../core/store.js';
import { grouped, span, visible } from '../core/words.js';
import { read } from '../net/api.js';
import { followAll } from '../net/history.js';
import { cluster, self } from '../net/node.js';
import { curlButton } from '../parts/copy.js';
import { failure } from '../parts/notice.js';

const STATUS_MILLIS = 5_000;

export function open() {
  const state = { status: null, problem: null };
  const ask = async () => {
    try {
      state.status = await read('_status');
      state.problem = null;
    } catch (problem) {
      state.problem = problem;
    }
    changed();
  };
  ask();
  const timer = setInterval(() => document.hidden || ask(), STATUS_MILLIS);
  const end = followAll();
  return {
    title: 'About',
    view: () => view(state),
    close() {
      clearInterval(timer);
      end();
    },
  };
}

function view({ status, problem }) {
  return html`<div class="title"><h1>About this node</h1><span class="tools">${curlButton('_status')}</span></div>
    ${problem ? failure(problem) : ''}
    <div class="halves">${status ? html`<section>${facts(status)}</section><section>${refusals(status)}</section>` : ''}</div>
    <section><h2>Where else</h2>${links()}</section>`;
}

function facts(status) {
  const rows = [
    ['node', visible(status.node)],
    ['version', status.version],
    ['life', html`<code>${status.life}</code>`],
    ['up', span(1000 * status.uptime_seconds)],
    ['instances', grouped(status.instances)],
    ['services', grouped(status.services)],
    ['documents', `${grouped(status.document_bytes)} B`],
    ['tombstones', grouped(status.tombstones)],
    ['clients that wait or follow', grouped(status.watchers)],
    ['expired since the start', grouped(status.expired)],
    ['instances not renewed for half of their ttl', grouped(status.silent_instances)],
    ['drains', status.drains ? `${status.drains.count}, of ${status.drains.instances} instances` : '–'],
    ['history', status.history ? `events ${status.history.first} to ${status.history.last}` : '–'],
    ['you are', self.value ? `${visible(self.value.identity ?? 'not asked for a name')}, at ${self.value.address}` : '–'],
    ['you may', self.value?.can ? self.value.can.map(visible).join(', ') || 'nothing' : 'do everything'],
  ];
  return html`<h2>Figures</h2><table class="keys">${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table>
    <h2>Settings that all nodes share</h2><table class="keys">${Object.entries(status.settings ?? {}).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${visible(value)}</td></tr>`)}</table>`;
}

/** What the node has refused since its start, by reason: a client that does something wrong shows up here. */
function refusals({ refused, quarantined }) {
  const all = [...Object.entries(refused.requests), ...Object.entries(refused.gossip).map(([reason, n]) => [`gossip: ${reason}`, n])];
  const some = all.filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  return html`<h2>Refused since the start</h2>${some.length === 0 && quarantined === 0
    ? html`<p class="muted">Nothing.</p>`
    : html`<table class="keys">${some.map(([reason, n]) => html`<tr><th scope="row">${reason}</th><td class="num">${grouped(n)}</td></tr>`)}
      ${quarantined > 0 ? html`<tr><th scope="row">entries of peers</th><td class="num">${grouped(quarantined)}</td></tr>` : ''}</table>`}`;
}

function links() {
  const nodes = Object.entries(cluster.value?.nodes ?? {}).filter(([, node]) => node.address);
  return html`<ul>
    <li><a href="../_metrics">/_metrics</a>, for Prometheus</li>
    <li><a href="../_openapi.yaml">/_openapi.yaml</a>, the API</li>
    <li><a href="../_export">/_export</a>, everything that is registered</li>
    <li><a href="../_status">/_status</a>, the figures above</li>
    ${nodes.map(([name, node]) => html`<li>${visible(name)} is at ${node.address}</li>`)}
    <li>The page is drawn by <a href=${new URL('../lib/LICENSE', import.meta.url).href}>lit-html</a> (BSD-3-Clause)</li>
  </ul>`;
}
