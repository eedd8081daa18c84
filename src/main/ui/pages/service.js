// The instances of one service: what they say, who accepted them, and how long each has left.

import { html } from '../lib/lit-html.js';
import { comeAndGo } from '../core/book.js';
import { changed } from '../core/store.js';
import { count, grouped, nodeNow, pathOf, serviceLink, visible } from '../core/words.js';
import { choose, go, refine } from '../core/router.js';
import { read } from '../net/api.js';
import { Instances } from '../net/instances.js';
import { lacks, readOnly, verdict } from '../net/node.js';
import { curlButton } from '../parts/copy.js';
import { comeback, deregisterAll } from '../parts/actions.js';
import { focusList, inView, list } from '../parts/list.js';
import { empty, failure, summarise } from '../parts/notice.js';
import { columnsOf, row } from './cells.js';

const ROW = 36;
const ID = 'instances';
const NODES_MILLIS = 10_000;
const COLUMNS_MAX = 6;

export function open({ names: [service] }) {
  const state = { service, instances: new Instances(service), selected: new Set(), nodes: null, timer: 0 };
  const askNodes = async () => {
    state.nodes = await read(`_cluster/${pathOf(service)}`).catch(() => state.nodes);
    changed();
  };
  askNodes();
  state.timer = setInterval(() => document.hidden || askNodes(), NODES_MILLIS);
  const again = () => state.instances.load();
  addEventListener('hera-user', again);
  return {
    title: visible(service),
    view: ({ query }) => view(state, query),
    keys: keys(state),
    close() {
      removeEventListener('hera-user', again);
      clearInterval(state.timer);
      state.instances.end();
    },
  };
}

function keys(state) {
  const focused = () => document.activeElement?.closest(`#${ID} tr`)?.dataset.id;
  return {
    ArrowDown: () => focusList(ID),
    j: () => focusList(ID),
    x: () => focused() !== undefined && !readOnly && toggle(state, focused()),
  };
}

function toggle(state, id) {
  state.selected.delete(id) || state.selected.add(id);
  changed();
}

function view(state, query) {
  const { instances, service } = state;
  const match = query.getAll('match').map((text) => text.split(/:(.*)/s).slice(0, 2));
  const sort = query.get('sort') ?? 'id';
  const total = instances.view?.total ?? 0;
  state.restless = comeAndGo(instances.ends, nodeNow());
  const part = inView(ID, total, ROW);
  const ids = sort === 'left' ? (instances.wanted.sort === 'left' ? instances.wanted.ids : []) : null;
  instances.see({ filter: query.get('q') ?? '', match, sort, ids, from: part.from, count: Math.max(part.count, 60) });
  return html`<div class="title"><h1><a href="#/">Services</a> / <bdi>${visible(service)}</bdi></h1>
    <span class="line">${summary(state)}</span>
    <span class="tools">${curlButton(`${pathOf(service)}?pretty`)}<a class="button quiet" href="../${pathOf(service)}?pretty" target="_blank" rel="noopener">raw</a></span></div>
    ${comeback()}
    ${instances.problem ? failure(instances.problem) : instances.view ? body(state, query, match, sort) : html`<p class="muted skeleton">Asking for the instances …</p>`}`;
}

/** How many there are, and whether all nodes show the same. */
function summary({ instances, nodes, service }) {
  if (!instances.view) {
    return '';
  }
  summarise(`${visible(service)}: ${count(instances.view.all, 'instance')}`);
  const drained = instances.loaded?.drained;
  return html`<b class="num">${count(instances.view.all, 'instance')}</b>${drained ? html` · <span class="warn">${drained} drained</span>` : ''}${same(nodes)}`;
}

function same(nodes) {
  const all = Object.entries(nodes?.nodes ?? {});
  const told = all.filter(([, node]) => node.content !== undefined);
  if (told.length < 2) {
    return '';
  }
  if (new Set(told.map(([, node]) => node.content)).size === 1) {
    return html` · <span class="ok">✓ same on ${told.length} nodes</span>`;
  }
  const figures = told.map(([name, node]) => `${visible(name)} ${node.instances}`).join(', ');
  return ['behind', 'diverged'].includes(verdict.value?.kind)
    ? html` · <span class="warn">▲ not the same on all nodes: ${figures}</span>`
    : html` · <span class="muted" title=${figures}>changes are under way</span>`;
}

function body(state, query, match, sort) {
  const { view: shown } = state.instances;
  if (shown.all === 0 && shown.total === 0) {
    return empty('No instance of this service is registered', html`<a href="#/events?service=${encodeURIComponent(state.service)}">What happened to it</a>`);
  }
  const columns = columnsOf(shown, query.get('cols'), COLUMNS_MAX);
  return html`${controls(state, query, columns, sort)}
    ${chips(shown, match, query)}
    ${shown.total === 0 ? html`<section class="box"><h2>No instance matches</h2><p><button type="button" class="link" @click=${() => go(serviceLink(state.service))}>Show all</button></p></section>` : table(state, columns, sort)}
    ${state.selected.size > 0 ? actions(state) : ''}`;
}

function controls(state, query, columns, sort) {
  const { view: shown } = state.instances;
  const sorts = ['id', 'left', ...columns];
  return html`<div class="controls">
    <input type="search" aria-label="Filter instances" placeholder="/ filter by id or anything in the document" .value=${query.get('q') ?? ''} @input=${(event) => refine('q', event.target.value)}>
    <label class="sort">sort <select @change=${(event) => choose('sort', event.target.value)}>${sorts.map((name) => html`<option value=${name} ?selected=${name === sort}>${name === 'left' ? 'time left' : visible(name)}</option>`)}</select></label>
    <details class="columns"><summary>columns</summary><div>${shown.columns.map((name) => html`<label><input type="checkbox" .checked=${columns.includes(name)} @change=${() => pick(shown.columns, columns, name)}> ${visible(name)}</label>`)}</div></details>
    <span class="muted num">${shown.living === shown.all ? '' : `${grouped(shown.living)} of ${count(shown.all, 'instance')}`}</span>
  </div>`;
}

function pick(all, columns, name) {
  const next = all.filter((one) => (one === name ? !columns.includes(one) : columns.includes(one)));
  choose('cols', next.join(','));
}

/** Members with few values: each value is a filter, as ?match= has it. */
function chips(shown, match, query) {
  const active = new Set(match.map(([name, value]) => `${name}:${value}`));
  return shown.chips.length === 0 ? '' : html`<p class="line chips">${shown.chips.map(({ name, values }) => html`<span role="group" aria-label=${visible(name)}><span class="muted">${visible(name)}</span>
    ${values.map(([value, n]) => html`<button type="button" aria-pressed=${active.has(`${name}:${value}`)} @click=${() => filterBy(query, `${name}:${value}`)}><bdi>${visible(value)}</bdi> <span class="num muted">${n}</span></button>`)}</span>`)}</p>`;
}

function filterBy(query, text) {
  const now = query.getAll('match');
  choose('match', now.includes(text) ? '' : text);
}

function table(state, columns, sort) {
  const { view: shown } = state.instances;
  const cells = columns.length + 4 + (readOnly ? 0 : 1);
  return list({
    id: ID,
    label: `Instances of ${state.service}`,
    total: shown.total,
    from: shown.from,
    rows: shown.rows,
    height: ROW,
    columns: cells,
    key: (one) => one.id,
    head: html`<tr>${readOnly ? '' : html`<th class="select"><button type="button" class="link" title="Select all that the filter shows" aria-label="Select all" @click=${() => selectAll(state)}>□</button></th>`}<th>id</th>
      ${columns.map((name) => html`<th class="wide">${visible(name)}</th>`)}
      <th class="wide">origin</th><th class="wide">renewed</th><th>left</th></tr>`,
    row: (one, index) => row(state, one, index, columns, () => toggle(state, one.id)),
  });
}

async function selectAll(state) {
  const all = state.selected.size > 0 ? [] : await state.instances.ids();
  state.selected = new Set(all);
  changed();
}

function actions(state) {
  const ids = [...state.selected];
  return html`<div class="selection" role="region" aria-label="Selection"><b class="num">${ids.length} selected</b>
    <button type="button" class="danger" ?disabled=${lacks('write', state.service)} title=${lacks('write', state.service)} @click=${() => deregisterAll(state.service, ids)}>Deregister …</button>
    <button type="button" @click=${() => {
      state.selected.clear();
      changed();
    }}>Clear</button></div>`;
}
