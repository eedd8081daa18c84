// Values that have the page drawn when they change. The page is drawn once a frame at most, four times a second while much
// happens, and not at all while its user has paused it.

const CALM_MILLIS = 250;
const MANY_PER_SECOND = 50;

const drawers = new Set();
let planned = false;
let drawnAt = 0;
let changes = [];

/** Whether the view is frozen; changes that come meanwhile are counted. */
export const paused = signal(false);
export const waiting = { count: 0 };

/** Returns a value with a setter that has the page drawn. */
export function signal(value) {
  return {
    get value() { return value; },
    set value(next) {
      if (!Object.is(next, value)) {
        value = next;
        changed();
      }
    },
  };
}

/** Adds a function that draws a part of the page; returns one that takes it away. */
export function drawBy(draw) {
  drawers.add(draw);
  return () => drawers.delete(draw);
}

export function changed() {
  if (!planned) {
    planned = true;
    const delay = isBusy() ? Math.max(0, drawnAt + CALM_MILLIS - performance.now()) : 0;
    delay > 0 ? setTimeout(frame, delay) : frame();
  }
}

/** Notes that so many events came: the page slows down when they are many, and counts them when it is paused. */
export function happened(count) {
  const now = performance.now();
  changes.push([now, count]);
  changes = changes.filter(([at]) => at > now - 1000);
  if (paused.value) {
    waiting.count += count;
  }
  changed();
}

function isBusy() {
  return changes.reduce((sum, [, count]) => sum + count, 0) > MANY_PER_SECOND;
}

/** A tab in the background gets no frames, and needs none. */
function frame() {
  requestAnimationFrame(() => {
    planned = false;
    drawnAt = performance.now();
    drawers.forEach((draw) => draw());
  });
}
