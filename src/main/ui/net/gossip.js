// The exchanges of this node with its peers, as they happen: what it has heard, and by when its own writes were heard.

import { happened } from '../core/store.js';
import { follow } from './lines.js';

const KEPT_MILLIS = 60_000;

/** The beats of the last minute, oldest first. */
let beats = [];

/** Follows the exchanges. Returns a function that ends it. */
export function followGossip() {
  beats = [];
  return follow('_gossip', {
    event(name, text) {
      if (name === 'beat') {
        const beat = { ...JSON.parse(text), seen: performance.now() };
        beats = [...beats.filter(({ at }) => at > beat.at - KEPT_MILLIS), beat];
        happened(1);
      }
    },
  });
}

/** Returns peer → what `of` ("heard" or "told") has of it in the beats of the last `millis`, oldest first. */
export function lately(of, millis = KEPT_MILLIS) {
  const found = new Map();
  for (const beat of beats) {
    if (performance.now() - beat.seen < millis) {
      Object.entries(beat[of] ?? {}).forEach(([peer, one]) => found.set(peer, [...(found.get(peer) ?? []), one]));
    }
  }
  return found;
}
