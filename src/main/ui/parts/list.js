// Long lists. Up to 500 rows are whole in the page, so that the browser finds text in them; of longer ones there are the rows in view and
// some around them, between two fillers. The page itself scrolls.

import { html } from '../lib/lit-html.js';
import { repeat } from '../lib/directives/repeat.js';
import { changed } from '../core/store.js';

const WHOLE_MAX = 500;
const AROUND = 20;
/** Browsers have no boxes that are higher. */
const ROWS_MAX = 400_000;

let scrolls = null;

/** Returns the first row and the number of rows to show, of `total` rows of `height` pixels that begin at the element `id`. */
export function inView(id, total, height) {
  if (total <= WHOLE_MAX) {
    return { from: 0, count: total };
  }
  scrolls ??= addEventListener('scroll', changed, { passive: true }) ?? true;
  const top = document.getElementById(id)?.getBoundingClientRect().top ?? 0;
  const first = Math.max(0, Math.floor(-top / height) - AROUND);
  const count = Math.ceil(innerHeight / height) + 2 * AROUND;
  return { from: Math.min(first, Math.max(0, total - count)), count: Math.min(count, total) };
}

/**
 * Returns a table: head is its row of headings, rows are those in view, each with a key, and row(item, index) makes one. `label` says what
 * the table is of, for screen readers.
 */
export function list({ id, label, head, rows, from, total, height, columns, key, row }) {
  const shown = Math.min(total, ROWS_MAX);
  const above = from * height;
  const below = Math.max(0, (shown - from - rows.length) * height);
  return html`<table class="list" aria-label=${label} aria-rowcount=${total + 1}>
    <thead>${head}</thead>
    <tbody id=${id} @keydown=${move}>
      ${filler(above, columns)}
      ${repeat(rows, key, (item, i) => row(item, from + i))}
      ${filler(below, columns)}
    </tbody>
  </table>
  ${total > ROWS_MAX ? html`<p class="muted">These are the first ${ROWS_MAX.toLocaleString('en-US')} rows: filter to see others.</p>` : ''}`;
}

function filler(height, columns) {
  return height > 0 ? html`<tr class="filler" aria-hidden="true"><td colspan=${columns} .style=${`height: ${height}px`}></td></tr>` : '';
}

/** The keys of a list: one tab stop, and arrows within. */
function move(event) {
  const row = event.target.closest('tr');
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 10, PageUp: -10 }[event.key];
  if (!row || event.ctrlKey || event.metaKey) {
    return;
  }
  if (step) {
    focusRow(neighbour(row, step), event);
  } else if (event.key === 'Home' || event.key === 'End') {
    const rows = row.parentElement.querySelectorAll('tr[tabindex]');
    focusRow(rows[event.key === 'Home' ? 0 : rows.length - 1], event);
  }
}

function neighbour(row, step) {
  let found = row;
  for (let left = Math.abs(step); left > 0; left--) {
    const next = step > 0 ? found.nextElementSibling : found.previousElementSibling;
    if (!next?.hasAttribute('tabindex')) {
      break;
    }
    found = next;
  }
  return found;
}

function focusRow(row, event) {
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
  event.preventDefault();
}

export function focusList(id) {
  const rows = [...document.querySelectorAll(`#${id} tr[tabindex]`)];
  (rows.find((row) => row.getBoundingClientRect().top >= 0) ?? rows[0])?.focus();
}
