package io.hera.torture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of faults, in the order of a cycle. */
enum Kind {
  CLOCKS,
  LINKS,
  PARTITION,
  ONE_WAY,
  LATE_NETWORK,
  KILL,
  STOP,
  KILL_TWO,
  KILL_ALL,
  ROLLING_RESTART;

  /** Returns all kinds but clocks, which may be wrong during these. */
  static List<Kind> others() {
    return Arrays.stream(values()).filter(kind -> kind != CLOCKS).toList();
  }

  /** Returns the kind that a user calls that, as {@code late-network}. */
  static Optional<Kind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }

  /** Returns how users call the kinds. */
  static String texts() {
    return Arrays.stream(values()).map(Kind::text).collect(Collectors.joining(", "));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void inject(Driver driver) {
    LinkFaults links = new LinkFaults(driver);
    ProcessFaults processes = new ProcessFaults(driver);
    switch (this) {
      case CLOCKS -> new ClockFaults(driver).each();
      case LINKS -> links.each();
      case PARTITION -> links.partition();
      case ONE_WAY -> links.oneWay();
      case LATE_NETWORK -> links.lateNetwork();
      case KILL -> processes.kill();
      case STOP -> processes.stop();
      case KILL_TWO -> processes.killTwoThenTheThird();
      case KILL_ALL -> processes.killAll();
      case ROLLING_RESTART -> processes.rollingRestart();
    }
  }
}
