// Who has heard whom: a row listens, a column wrote. A cell says how far the row was behind on the column's own writes when it last asked,
// as the column itself says: one clock, and no time on the wire in it. If the column cannot be asked, the difference of the horizons
// stands there, with a ~.

import { html, svg } from '../lib/lit-html.js';
import { behind } from '../core/verdict.js';
import { shortNames, span, visible } from '../core/words.js';
import { lately } from '../net/gossip.js';
import { ask } from './dialog.js';

const GLYPHS_FROM = 12;
const WORST = 10;
const LATE_MILLIS = 1_000;

function cellOf(asked, row, column) {
  const own = asked.get(row)?.peers[column];
  const lag = asked.get(column)?.peers[row]?.lag_ms?.[column];
  const estimated = lag === undefined;
  const millis = estimated ? behind(asked, row, column) : lag;
  const failing = Boolean(own?.last_error);
  return { row, column, millis, estimated, failing, own, hanging: own?.way === 'hanging', late: failing || millis > LATE_MILLIS };
}

export function matrix(answer, asked) {
  const names = Object.keys(answer.nodes);
  const short = shortNames(names);
  const small = names.length > GLYPHS_FROM;
  const cells = new Map(names.map((row) => [row, names.map((column) => (row === column ? null : cellOf(asked, row, column)))]));
  const trouble = (row) => cells.get(row).filter((cell) => cell?.late).length;
  const rows = [...names].sort((a, b) => trouble(b) - trouble(a) || names.indexOf(a) - names.indexOf(b));
  return html`<div>${small ? worst([...cells.values()].flat()) : ''}
    <p class="muted">Rows listen, columns wrote. ≋ waits at the column · ⟳ asks it in turn · ✕ fails since · ? cannot be asked</p>
    <div class="scroll"><table class="matrix ${small ? 'small' : ''}" aria-label="Who has heard whom">
    <thead><tr><td></td>${names.map((name) => html`<th scope="col" title=${name}><span>${visible(short.get(name))}</span></th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row" title=${row}>${visible(short.get(row))}</th>
      ${cells.get(row).map((cell) => (cell === null ? html`<td class="self">·</td>` : html`<td>${button(cell, small)}</td>`))}</tr>`)}</tbody>
  </table></div></div>`;
}

function button(cell, small) {
  const glyph = cell.failing ? '✕' : !cell.own ? '?' : cell.hanging ? '≋' : '⟳';
  const figure = cell.failing ? span(cell.own.last_success_age_ms) : Number.isFinite(cell.millis) ? `${cell.estimated ? '~' : ''}${span(cell.millis)}` : '–';
  const level = cell.failing ? 'bad' : cell.late ? 'warn' : cell.own ? '' : 'muted';
  return html`<button type="button" class="cell ${level}" aria-label="${cell.row} hears of ${cell.column}: ${cell.failing ? `failing for ${figure}` : `${figure} behind`}" @click=${() => show(cell)}>${glyph}${small ? '' : html` <span class="num">${figure}</span>`}</button>`;
}

function worst(cells) {
  const late = cells.filter((cell) => cell && Number.isFinite(cell.millis)).sort((a, b) => b.millis - a.millis).slice(0, WORST);
  return html`<ol class="worst">${late.map((cell) => html`<li><b>${visible(cell.row)}</b> is ${span(cell.millis)} behind ${visible(cell.column)}</li>`)}</ol>`;
}

/** All that the row says of its exchanges with the column. */
function show(cell) {
  const { own, row, column } = cell;
  const rows = own
    ? [
        ['address', own.address],
        ['speaks', own.speaks],
        ['way', own.way],
        ['by TLS', own.way_tls === undefined ? 'no' : String(own.way_tls)],
        ['round trip', own.round_trip_ms === undefined ? '–' : span(own.round_trip_ms)],
        ['rounds', own.rounds],
        ['failures', own.failures],
        ['bytes received', own.bytes_received],
        ['entries dropped', own.quarantined],
        ['last success', own.last_success_age_ms === undefined ? 'never' : `${span(own.last_success_age_ms)} ago`],
        ['clock of the column ahead by', own.clock_skew_ms === undefined ? '–' : `${own.clock_skew_ms} ms`],
        ['last error', own.last_error || 'none'],
      ]
    : [['', `${row} cannot be asked, so only what ${column} says is known.`]];
  return void ask(`${row} hears of ${column}`, (close) => html`
    <p>${Number.isFinite(cell.millis) ? `${cell.estimated ? 'About ' : ''}${span(cell.millis)} behind on its writes` : 'How far it is behind is not known'}${cell.estimated ? ', by the horizons' : `, when it asked ${column} last`}.</p>
    <table class="keys">${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${visible(value)}</td></tr>`)}</table>
    <p class="actions"><button type="button" autofocus @click=${() => close()}>Close</button></p>`);
}

const NODES_MAX = 8;
const RECENT_MILLIS = 2_000;
const BEAT_MILLIS = 500;
const RADIUS = 80;
const BEND = 12;
/** About as many bytes as an entry has on the wire. */
const ENTRY_BYTES = 100;

/**
 * Returns up to eight nodes in a ring: an arrow leads from each node to those that hear it. Arrows of the node that answers are live, from
 * the stream of its exchanges; those of others come from this answer and one that is some seconds older.
 */
export function ring(answer, asked, before) {
  const names = Object.keys(answer.nodes);
  if (names.length < 2 || names.length > NODES_MAX) {
    return '';
  }
  const at = new Map(names.map((name, i) => [name, place(i, names.length)]));
  const short = shortNames(names);
  const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to, cell: cellOf(asked, to, from) })));
  return html`<figure class="ring"><svg viewBox="-150 -110 300 220" role="img" aria-label="Who hears whom; the table beside says it in figures">
      <defs><marker id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 6 3 0 6z"/></marker></defs>
      ${pairs.map((pair) => arrow(pair, at, pace(pair, answer, before)))}
      ${names.map((name) => svg`<g class=${answer.nodes[name].status ? '' : 'bad'}><circle cx=${at.get(name).x} cy=${at.get(name).y} r="6"/>
        <text x=${1.28 * at.get(name).x} y=${1.18 * at.get(name).y + 4} text-anchor="middle">${visible(short.get(name))}</text></g>`)}
    </svg><figcaption class="muted">thicker: more entries · bright: just now · dashed: fails</figcaption></figure>`;
}

function place(i, of) {
  const angle = (2 * Math.PI * i) / of - Math.PI / 2;
  return { x: RADIUS * Math.cos(angle), y: RADIUS * Math.sin(angle) };
}

/** Ends short of the circles, and bends to one side, so that two arrows between two nodes are apart. */
function arrow({ from, to, cell }, at, { entries, beats }) {
  const [a, b] = [at.get(from), at.get(to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const side = ({ x, y }, along, across) => `${(x + along * dx - across * dy).toFixed(1)} ${(y + along * dy + across * dx).toFixed(1)}`;
  const path = `M${side(a, 10, 3)} Q${side({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, 0, BEND)} ${side(b, -10, 3)}`;
  const width = Math.min(5, 1 + Math.log2(1 + entries) / 2);
  return svg`<path class="edge ${cell.failing ? 'failing' : beats ? 'beat' : ''}" d=${path} marker-end="url(#tip)" .style=${`stroke-width: ${width.toFixed(1)}`}><title>${to} hears ${from}</title></path>`;
}

/** Returns the entries per second of an arrow, and whether something came just now. */
function pace({ from, to }, answer, before) {
  const [of, peer] = to === answer.asked ? ['heard', from] : ['told', to];
  if (to === answer.asked || from === answer.asked) {
    const told = (millis) => lately(of, millis).get(peer) ?? [];
    const entries = told(RECENT_MILLIS).flatMap((one) => Object.values(one.entries ?? {})).reduce((a, b) => a + b, 0);
    return { entries: (1000 * entries) / RECENT_MILLIS, beats: told(BEAT_MILLIS).length > 0 };
  }
  const bytes = (one) => one?.nodes[to]?.status?.peers[from]?.bytes_received ?? 0;
  const seconds = before ? (answer.now - before.now) / 1000 : 1;
  return { entries: before ? Math.max(0, bytes(answer) - bytes(before)) / ENTRY_BYTES / seconds : 0, beats: false };
}
