// What every page needs of the node and its cluster: which one answers, as whom, and whether the nodes agree. Asked again and again while
// the page is in view.

import { signal } from '../core/store.js';
import { verdictOf } from '../core/verdict.js';
import { read } from './api.js';

const CLUSTER_MILLIS = 10_000;
const CLUSTER_MIN_MILLIS = 2_000;
const APART_MILLIS = 1_000;

/** The newest answer of /_cluster; null before the first. */
export const cluster = signal(null);
export const verdict = signal(null);
/** Who the node takes this user for; null before it is known. */
export const self = signal(null);

/** Whether the page may change anything, as the configuration of the node says. */
export const readOnly = document.documentElement.dataset.mode === 'read-only';

/** Returns the permission that the user lacks to change a service; empty if there is none. */
export function lacks(verb, service) {
  const wanted = encodeURIComponent(service);
  const granted = (self.value?.can ?? [verb]).some((permission) => {
    const [can, pattern = ''] = permission.split(' ');
    const fits = pattern.endsWith('*') ? wanted.startsWith(pattern.slice(0, -1)) : pattern === wanted;
    return can === verb && (pattern === '' || fits);
  });
  return granted ? '' : verb === 'operate' ? verb : `${verb} ${wanted}`;
}

let period = CLUSTER_MILLIS;
let timer = 0;
/** An answer that is old enough to compare the newest one with: a write needs a moment to spread. */
export let before = null;

/** Asks who the user is, and for the cluster again and again. */
export function watchCluster() {
  askCluster();
  document.addEventListener('visibilitychange', () => document.hidden || askCluster());
}

/** Has the cluster be asked for more often, by a page that shows all of it. */
export function lookClosely(closely) {
  const nodes = Object.keys(cluster.value?.nodes ?? {}).length;
  period = closely ? Math.max(CLUSTER_MIN_MILLIS, nodes * 100) : CLUSTER_MILLIS;
  if (closely) {
    askCluster();
  }
}

export async function askCluster() {
  clearTimeout(timer);
  if (document.hidden) {
    return;
  }
  try {
    self.value ??= await read('_whoami');
    const answer = await read('_cluster');
    if (cluster.value && answer.now - cluster.value.now >= APART_MILLIS) {
      before = cluster.value;
    }
    cluster.value = answer;
    verdict.value = verdictOf(answer, before);
  } catch (problem) {
    verdict.value = { kind: 'unknown', level: 'warn', text: sayWhy(problem), findings: [], unasked: [] };
  }
  clearTimeout(timer);
  timer = setTimeout(askCluster, period);
}

function sayWhy(problem) {
  if (problem.status === 403) {
    return `Whether the nodes agree is for those who may ${problem.needs || 'operate'}.`;
  }
  if (problem.status === 401) {
    return 'Whether the nodes agree is not for strangers.';
  }
  return `Whether the nodes agree is not known: ${problem.title ?? problem.message}.`;
}
