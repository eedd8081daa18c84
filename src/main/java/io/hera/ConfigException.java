package io.hera;

import java.util.List;

/** Says that there is no valid configuration, and why: every fault that was found, at least one. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** For {@code faults} in the order in which a reader of the file meets them. */
  public ConfigException(List<Fault> faults) {
    super(String.join("\n", faults.stream().map(Fault::toString).toList()), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /** What is wrong. */
  public List<Fault> faults() {
    return faults;
  }
}
