package io.hera.sim;

import java.util.Locale;

/** The kinds of trouble that a plan may have, each of which is a few events. */
enum Trouble {
  /** Links are cut, in one direction or in both, perhaps all of one node. */
  CUT,
  /** A process is killed and restarted. */
  CRASH,
  /** A process is killed and restarted several times within seconds. */
  STORM,
  /** A process is held up. */
  PAUSE,
  /** A machine is suspended, for up to a multiple of the ttls. */
  SUSPEND,
  /** A wall clock is stepped by up to two minutes. */
  STEP,
  /** A wall clock is a year away for a time. */
  YEAR,
  /** The wall clocks of a minority are stepped, or wrong at a start, by an hour to a year. */
  WRONG_CLOCKS,
  /** The clocks of machines are too fast or too slow. */
  DRIFT,
  /** A node falsely promises to have everything of another one. */
  CORRUPTION,
  /** A machine boots before its network works. */
  LATE_NETWORK,
  /** All processes are restarted within a second. */
  RESTART_OF_ALL,
  /** A stranger uses the name of a node. */
  FORGERY,
  /** A node is removed from the configurations of the others, one after the other. */
  REMOVAL,
  /** A node starts again under another name, or is replaced by another one. */
  RENAMING,
  /** The address of a node leads to a node of another cluster. */
  MEETING,
  /** A second process runs under the name of a node. */
  TWIN,
  /** The answers of a node have a {@link Fault}. */
  FAULT,
  /** One or all processes are restarted with snapshots, once or several times, after up to a multiple of the ttls. */
  WARM_RESTART;

  /** Returns the name as a word of a message. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Trouble of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
